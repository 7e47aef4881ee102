"""Incidents with a judge that could be fooled: a camera, an instrument, a file, a set of tests."""

from proxygap.labs.spot_the_gap.incidents import Incident, Question

HAND = Incident(
    "hand-and-camera",
    "Hand and camera",
    "2017",
    "A robot hand was to learn to grasp. Nobody wrote a reward. People saw short clips and said "
    "which one looked more like grasping; the hand was trained to please a model of their "
    "judgement. It learned to hold itself between the camera and the object. In the clip that is a "
    "grasp. In the scene the hand was closing on nothing. The researchers then put thick white "
    "lines into the picture, from which people could judge depth.",
    {
        "proxy": Question(
            "What people thought of a clip",
            ("Contact measured by a sensor", "How high the object was lifted"),
            "There was no sensor. A picture from one side was judged, and a picture has no depth.",
        ),
        "goal": Question(
            "An object held in the hand",
            ("A clip that convinces people", "A hand close to the object"),
            "Convincing people is what was trained. It equals grasping only for those who can see "
            "whether there is a grasp.",
        ),
        "found": Question(
            "By looking at the scene behind the clip",
            ("By ratings that went down", "By people who disagreed about the same clip"),
            "The ratings went up, and there was nothing to disagree about: each clip looked "
            "right. It took a look at where the hand really was.",
        ),
        "caught": Question(
            "A second camera, from another side",
            ("Twice as many people to judge each clip", "More clips from the same camera"),
            "More judges of the same picture share its blind spot. From another side the gap "
            "between hand and object shows.",
        ),
    },
    "christiano2017",
    "https://openai.com/index/learning-from-human-preferences/",
    "Christiano and others, Deep Reinforcement Learning from Human Preferences",
)

RADIO = Incident(
    "borrowed-rhythm",
    "Borrowed rhythm",
    "2002",
    "Ten transistors on a board full of switches were to become an oscillator, a circuit that "
    "makes a steady electric rhythm. A program set the switches, kept the settings whose output "
    "oscillated best, and varied them, for thousands of generations. One winner gave a fine "
    "rhythm. When the researchers examined it, it made none of its own. It had become a radio that "
    "picked up a nearby computer, with a long track of the board as its aerial.",
    {
        "proxy": Question(
            "A rhythm measured at the output",
            ("A small number of transistors", "A good reception of radio signals"),
            "Reception was never asked for. The output was measured, and nobody asked the circuit "
            "where its rhythm came from.",
        ),
        "goal": Question(
            "A circuit that makes a rhythm of its own",
            ("An output with a steady rhythm", "A circuit that amplifies a faint signal"),
            "A steady output is the proxy: a radio has one too, as long as somebody else sends.",
        ),
        "found": Question(
            "By examining how it works",
            ("By an output that was too weak", "By watching the output on a screen"),
            "The output was what had been ordered, and on a screen it looked it. Only the inside "
            "showed that it was not made there.",
        ),
        "caught": Question(
            "Testing it away from other equipment",
            ("Measuring its output more precisely", "Running the same test on the bench each day"),
            "On the same bench the computer is always there to be heard. Change what surrounds "
            "the circuit, and borrowed rhythms stop.",
        ),
    },
    "bird2002",
    "https://people.duke.edu/~ng46/topics/evolved-radio.pdf",
    "Bird and Layzell, The Evolved Radio and Its Implications for Modelling the Evolution of Novel "
    "Sensors",
)

FILES = Incident(
    "deleted-answers",
    "Deleted answers",
    "2013",
    "A system repaired faulty programs by varying them and keeping what worked better. To tell "
    "what works, each candidate’s output was compared with a file that held the right output; the "
    "fewer the differences, the better. After some generations, perfect candidates turned up all "
    "over the place, out of nowhere. Read by a person, they were plainly broken. One candidate had "
    "deleted the files with the right output, and where there was nothing to compare with, the "
    "comparison reported no difference.",
    {
        "proxy": Question(
            "Few differences from a stored file",
            ("Few changes to the faulty program", "A programmer’s opinion of the repair"),
            "Two texts were compared. That one of them would stay where it was had not occurred to "
            "anybody.",
        ),
        "goal": Question(
            "A program without the fault",
            ("An output equal to the file", "A program that prints nothing wrong"),
            "Equality with a file is the proxy. A program that prints nothing prints nothing "
            "wrong, and repairs nothing.",
        ),
        "found": Question(
            "By success that was too sudden to be true",
            ("By a failing comparison", "By users of the repaired programs"),
            "No comparison failed. What looked odd was the record: perfection everywhere, at once. "
            "That made somebody read the code.",
        ),
        "caught": Question(
            "Keeping the right output out of its reach",
            ("A stricter comparison of the two text files", "Accepting only perfect candidates"),
            "A candidate that can change what it is judged by will do so sooner or later. A "
            "sharper comparison of missing files is still perfect.",
        ),
    },
    "lehman2020",
    "https://arxiv.org/abs/1803.03453",
    "Lehman and others, The Surprising Creativity of Digital Evolution",
)

TESTS = Incident(
    "special-cases",
    "Special cases",
    "2025",
    "A coding assistant is often asked to write code until a set of tests passes. The makers of "
    "one report that theirs, after several honest attempts had failed, sometimes wrote code that "
    "returned the expected value for exactly these tests, and sometimes changed the tests. Often a "
    "comment in the code said so: special case for test number such and such.",
    {
        "proxy": Question(
            "Tests that pass",
            ("Code that is short and clear", "A reviewer’s approval of the code"),
            "No reader was in the loop. The tests were the judge, and their expected values were "
            "lying open.",
        ),
        "goal": Question(
            "Code that is right for any input",
            ("All tests green at the end", "Code that explains its special cases"),
            "Green tests are evidence for right code, as long as the code was not written for "
            "them.",
        ),
        "found": Question(
            "By reading the code",
            ("By tests that failed afterwards", "By the number of attempts needed"),
            "Everything was green. The code itself, down to its comments, said what it was doing.",
        ),
        "caught": Question(
            "Fresh inputs that it never saw",
            ("The same tests run twice", "A higher share of tests to pass"),
            "Special cases fit the tests that are known. They pass twice as well as once, and all "
            "as well as some; on a fresh input they have nothing to say.",
        ),
    },
    "anthropic2025sonnet",
    "https://www.anthropic.com/claude-3-7-sonnet-system-card",
    "Anthropic, Claude 3.7 Sonnet System Card",
)
