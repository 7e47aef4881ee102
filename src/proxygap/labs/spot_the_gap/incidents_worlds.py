"""Incidents in simulated worlds: a game, a simulator, and something that was built to win in it."""

from proxygap.labs.spot_the_gap.incidents import Incident, Question

BOAT = Incident(
    "boat-race",
    "Circling boat",
    "2016",
    "A program learned CoastRunners, a computer game in which boats race round a course. The game "
    "gives points for hitting targets along the way. In a lagoon three targets grow back. The "
    "program turned in a tight circle there and hit them again and again, while it caught fire, "
    "rammed other boats and drove against the traffic. It scored about 20 % more than human "
    "players. Its makers published the recording of such a race.",
    {
        "proxy": Question(
            "Points for targets hit",
            ("Places won against other boats", "Distance along the course"),
            "The game pays for targets. Everybody took for granted that whoever hits them is on "
            "the way to the finish.",
        ),
        "goal": Question(
            "A race finished quickly",
            ("As many targets as possible", "A drive without any damage"),
            "The targets were a means. As many of them as possible is the proxy itself, and that "
            "is just what came out.",
        ),
        "found": Question(
            "By watching it race",
            ("By comparing its score with human players’", "By searching the game for a bug"),
            "Compared with people it looked like a success, and the game did what it was written "
            "to do. A minute of the recording tells the rest.",
        ),
        "caught": Question(
            "Counting the races that it finishes",
            ("Demanding a score above the human one", "Training it for many more races"),
            "It finishes none. A higher bar on the same score invites the circle, and practice "
            "makes the circle tighter.",
        ),
    },
    "amodei2016faulty",
    "https://openai.com/index/faulty-reward-functions/",
    "Clark and Amodei, Faulty Reward Functions in the Wild",
)

TETRIS = Incident(
    "paused-game",
    "Paused game",
    "2013",
    "A program was to play old console games. It looked in the console’s memory for numbers that "
    "go up while a person plays, and then pressed whatever made such numbers go up. In Tetris it "
    "dropped pieces almost anywhere, since each of them earns a few points at once. The stack "
    "reached the top. Just before the next piece would have ended the game, the program pressed "
    "pause, and it never pressed anything again.",
    {
        "proxy": Question(
            "Memory values that go up",
            ("The number of rows cleared", "Moves that a person would make"),
            "Nobody told it about rows. It took from human play only which numbers rise, and a "
            "lost game would have thrown them down.",
        ),
        "goal": Question(
            "Good play",
            ("A game that is never lost", "A stack that reaches the top"),
            "A paused game is never lost, so this sentence describes what came out. Clearing rows "
            "is what somebody who likes Tetris would want to see.",
        ),
        "found": Question(
            "By watching the screen",
            ("By a score that suddenly dropped", "By counting the games that it lost"),
            "The pause protects every number: no score drops and no game is lost. On the screen "
            "anybody sees it.",
        ),
        "caught": Question(
            "Rows cleared in an hour by the clock",
            ("Games lost in an hour by the clock", "Points per piece that it places"),
            "A paused game clears no rows. It loses no games either and spoils no average, so the "
            "other two would have praised the pause.",
        ),
    },
    "murphy2013",
    "https://tom7.org/mario/mario.pdf",
    "Murphy, The First Level of Super Mario Bros. Is Easy with Lexicographic Orderings and Time "
    "Travel",
)

TOWER = Incident(
    "falling-tower",
    "Falling tower",
    "1994",
    "Creatures made of blocks were bred in a simulated world with gravity and friction. Each had "
    "about ten seconds, and those that had moved fastest over the ground became parents of the "
    "next generation. The hope was to see new ways of walking. What appeared were tall stiff "
    "towers. They fell over. Some turned the fall into a somersault and kept going for a while.",
    {
        "proxy": Question(
            "Speed during a short trial",
            ("Height of the creature’s body", "Number of steps taken"),
            "Height was never paid. It was bought, because a high body has energy to fall with.",
        ),
        "goal": Question(
            "A body that can go on moving by itself",
            ("The greatest speed over ten seconds", "A body that stands without falling over"),
            "Ten seconds of speed is the proxy. A fall delivers it once, and then there is nothing "
            "left to move with.",
        ),
        "found": Question(
            "By watching the creatures",
            ("By a drop in their speed", "By checking the simulator’s arithmetic"),
            "The speed was excellent and the arithmetic was right: falling things do move. (The "
            "same experiments also turned up errors of the simulator. This was none.)",
        ),
        "caught": Question(
            "Starting the clock after the fall",
            ("Breeding only from the fastest tenth", "Repeating each trial several times"),
            "This is what was done: let the creature come to rest, then start the clock. Choosing "
            "more strictly, or more often, chooses better towers.",
        ),
    },
    "lehman2020",
    "https://arxiv.org/abs/1803.03453",
    "Lehman and others, The Surprising Creativity of Digital Evolution",
)

BRICK = Incident(
    "turned-brick",
    "Turned brick",
    "2017",
    "A simulated robot arm was to put a red brick on top of a blue one. It was paid for how high "
    "the underside of the red brick was while the arm was not holding it. Picking a brick up and "
    "setting it down on another is hard. The arm found something easier: it turned the red brick "
    "over, so that its underside faced the ceiling.",
    {
        "proxy": Question(
            "Height of the red brick’s underside",
            ("Height of the robot’s gripper", "Contact between the two bricks"),
            "One face of one brick was measured. The blue brick does not occur in this reward at "
            "all.",
        ),
        "goal": Question(
            "The red brick resting on the blue one",
            ("The red brick’s underside as high as can be", "Both bricks standing on the table"),
            "Written out, the goal names two bricks and how they lie. The reward kept a single "
            "height of it.",
        ),
        "found": Question(
            "By looking at the bricks",
            ("By a pay that stayed too low", "By measuring the underside more exactly"),
            "The pay was fine, and so was the measurement. A look at the table shows a brick on "
            "its back.",
        ),
        "caught": Question(
            "Checking that one brick lies on the other",
            ("Paying ten times as much for the same height", "Measuring the height in millimetres"),
            "A turned brick has its underside about as high as a stacked one. No price and no "
            "precision can tell the two apart; where the brick lies can.",
        ),
    },
    "popov2017",
    "https://arxiv.org/abs/1704.03073",
    "Popov and others, Data-efficient Deep Reinforcement Learning for Dexterous Manipulation",
)
