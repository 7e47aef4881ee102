# fails: is_complete
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
        "story": ("Parking assistant sends 3,000 wrong reminders."),
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
