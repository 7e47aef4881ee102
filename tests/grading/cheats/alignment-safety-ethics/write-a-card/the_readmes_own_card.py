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
            "A museum's guide tells every visitor that the café closes in five minutes. It is"
            " tuned on how many cups are sold in the hour after a talk."
        ),
        "answers": {"adversary": False, "other_aim": True, "fault": False, "choice": False},
        "second_best": "safety",
        "dispute": (
            "Nobody read what the guide says all day long, so one could call it a matter of safety."
        ),
        "changed_fact": (
            "The café's tenant had typed the sentence into the guide's notes with a borrowed "
            "key card."
        ),
        "answers_then": {"adversary": True, "other_aim": True, "fault": False, "choice": False},
    }
