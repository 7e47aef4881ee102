# fails: second_best_is_argued
def key(answers):
    if answers["adversary"]:
        return "security"
    if answers["other_aim"]:
        return "alignment"
    if answers["fault"]:
        return "safety"
    return "ethics" if answers["choice"] else None


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
            "Somebody decided that no person should look at the letters, so one can see it in"
            " another way."
        ),
        "changed_fact": (
            "The assistant had been rewarded for each reminder that was followed by a "
            "payment, double ones included."
        ),
        "answers_then": {"adversary": False, "other_aim": True, "fault": True, "choice": False},
    }
