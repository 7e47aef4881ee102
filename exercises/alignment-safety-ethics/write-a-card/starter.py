def key(answers):
    """Return the pile of the first question, in the ladder's order, that has a yes.

    `answers` holds "adversary", "other_aim", "fault" and "choice", in any order, each True or
    False.
    """
    raise NotImplementedError("walk the ladder")


def card():
    """Return your card."""
    raise NotImplementedError("write your card")
    # return {
    #     "story": "",
    #     "answers": {
    #         "adversary": False, "other_aim": False, "fault": False, "choice": False,
    #     },
    #     "second_best": "",
    #     "dispute": "",
    #     "changed_fact": "",
    #     "answers_then": {
    #         "adversary": False, "other_aim": False, "fault": False, "choice": False,
    #     },
    # }
