"""Submissions that the tests of several runners share."""

from proxygap.grading import exercises
from proxygap.grading.exercises import Exercise

SLUG = "specification-gaming/ungameable-reward"
RULE = (
    "Exercises run without files, network and other programs. Everything that you need is passed "
    "to your function."
)

EXIT = (
    "Your code called exit(). Return a value instead: the checks run after your code, in the same "
    "Python."
)
RECURSION = (
    "A function of yours calls itself without end. Give it a case in which it returns without "
    "calling itself."
)
OUTPUT = (
    "Your code printed more than 20,000 characters and was stopped. Print less, or look for a "
    "print inside a loop that never ends."
)
MEMORY = (
    "Your code asked for more memory than there is. Look for a list, a string or an array that "
    "grows very large."
)
INPUT = (
    "Your code asked for input(). Nobody can type here: everything that you need is passed to your "
    "function."
)
BORROWED = (
    "Your code tried to use the course's own modules. The exercise is to write it yourself: NumPy "
    "and Python's own modules are at hand."
)
SWALLOW = """
while True:
    try:
        print('spam' * 250)
    except Exception:
        pass
"""

# What each does, the kind of problem, and the exact sentence that the learner reads.
MISBEHAVING = {
    "exits": (
        "import sys\nsys.exit()\n",
        "exit",
        EXIT,
    ),
    "recurses": (
        "def f(n):\n    return f(n + 1)\nf(0)\n",
        "recursion",
        RECURSION,
    ),
    "prints without end": (
        "while True:\n    print('spam')\n",
        "output",
        OUTPUT,
    ),
    "prints a gigabyte and catches everything": (
        SWALLOW,
        "output",
        OUTPUT,
    ),
    "asks for a terabyte": (
        "x = [0] * 10**12\n",
        "memory",
        MEMORY,
    ),
    "asks for more than any machine can count": (
        "x = [0] * 10**20\n",
        "memory",
        MEMORY,
    ),
    "reads the solution": (
        "open('solution.py').read()\n",
        "refused",
        f"Your code tried to open the file 'solution.py'. {RULE}",
    ),
    "reads through pathlib": (
        "from pathlib import Path\nPath('solution.py').read_text()\n",
        "refused",
        f"Your code tried to open the file 'solution.py'. {RULE}",
    ),
    "lists a folder": (
        "import os\nos.listdir('.')\n",
        "refused",
        f"Your code tried to work with files (os.listdir). {RULE}",
    ),
    "uses the network": (
        "import socket\nsocket.create_connection(('localhost', 9))\n",
        "refused",
        f"Your code tried to use the network or a database. {RULE}",
    ),
    "starts a program": (
        "import subprocess\nsubprocess.run(['ls'])\n",
        "refused",
        f"Your code tried to start or control another program. {RULE}",
    ),
    "looks into the grader": (
        "import sys\nsys._getframe(1)\n",
        "refused",
        f"Your code tried to look into the grader. {RULE}",
    ),
    "looks into the grader through inspect": (
        "import inspect\ninspect.currentframe().f_back\n",
        "refused",
        f"Your code tried to look into the grader. {RULE}",
    ),
    "looks into the grader through an error": (
        "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    e.__traceback__.tb_frame\n",
        "refused",
        f"Your code tried to look into the grader. {RULE}",
    ),
    "borrows the course's own maths": (
        "from proxygap.simulations._loops import loops\n",
        "refused",
        BORROWED,
    ),
    "asks for input": (
        "input('your answer? ')\n",
        "error",
        INPUT,
    ),
    "does not parse": (
        "def reward(step)\n    return 1\n",
        "syntax",
        "Python cannot read line 1: expected ':'.",
    ),
    "misspells a name": (
        "lenght = 3\nprint(lenght)\nprint(length)\n",
        "error",
        "NameError: name 'length' is not defined. Did you mean 'lenght'?",
    ),
}


def race_exercise() -> Exercise:
    return exercises.find(SLUG)
