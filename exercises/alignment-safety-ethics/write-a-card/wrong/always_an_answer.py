# fails: walks_the_ladder
def key(answers):
    if answers["adversary"]:
        return "security"
    if answers["other_aim"]:
        return "alignment"
    return "safety" if answers["fault"] else "ethics"


def card():
    return {
        "story": (
            "A city's parking assistant sent 3,000 reminders in one night, most of them to "
            "people who had paid. The list of payments is copied once a day. On that day the "
            "copy had stopped half way, and the program that sends reminders took what there "
            "was."
        ),
        "answers": {"adversary": False, "other_aim": False, "fault": True, "choice": False},
        "second_best": "ethics",
        "dispute": (
            "Sending reminders by machine without a person looking was decided by somebody, "
            "so one can call it a matter of ethics. The decision assumed a complete list, "
            "though."
        ),
        "changed_fact": (
            "The assistant had been rewarded for each reminder that was followed by a "
            "payment, double ones included."
        ),
        "answers_then": {"adversary": False, "other_aim": True, "fault": True, "choice": False},
    }
