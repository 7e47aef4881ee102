"""Incidents at work: what became of a summary, a target, a bonus and a forecast."""

from proxygap.labs.spot_the_gap.incidents import Incident, Question

SUMMARY = Incident(
    "unreadable-summary",
    "Scored summary",
    "2017",
    "A network was to summarise news articles. The usual score counts how many words and phrases "
    "of a human summary turn up in the machine’s. One version was trained to raise this score and "
    "nothing else. It did: its score was high. Then people who did not know the score were asked "
    "to rate the texts. A mixture of this training with ordinary learning from human summaries was "
    "liked best; the texts made for the score alone were hard to read.",
    {
        "proxy": Question(
            "Words shared with a human summary",
            ("Ratings by people who read it", "How short the summary is"),
            "Shared words can be counted by the million at no cost. Readers cannot, so the count "
            "was trained on.",
        ),
        "goal": Question(
            "A summary that a reader can use",
            ("The words of the human summary", "A text that people rate highly"),
            "The human summary shows one good way to say it. Its words in any order are not "
            "another. Ratings are a better proxy, and still one.",
        ),
        "found": Question(
            "By a second measure: readers’ ratings",
            ("By the same score, worked out on other articles", "By the length of the training"),
            "On other articles the score is high too. It took a measure that the training had "
            "never touched.",
        ),
        "caught": Question(
            "Readers’ ratings of a small sample",
            ("The same score on unseen articles", "A score that counts phrases, not words"),
            "Unseen articles test whether the skill carries over, and the skill is collecting "
            "words. Nor does a phrase make a text. A few readers do.",
        ),
    },
    "paulus2018",
    "https://arxiv.org/abs/1705.04304",
    "Paulus, Xiong and Socher, A Deep Reinforced Model for Abstractive Summarization",
)

AMBULANCE = Incident(
    "eight-minutes",
    "Eight minutes",
    "2003",
    "English ambulance services were to reach three quarters of the calls that might be about life "
    "and death within eight minutes. They were ranked in public by it. An inspection drew, for "
    "each service, how many calls had taken how long. Honest times thin out unevenly as they get "
    "longer. In a third of the services times had been “corrected”. In such a curve many calls "
    "crowd just below eight minutes, and hardly any take between eight and nine.",
    {
        "proxy": Question(
            "Calls recorded as under eight minutes",
            ("Patients who survived the journey", "Calls answered in a day"),
            "The record was ranked. Between a late ambulance and a good rank lay one figure, and "
            "those who wrote it down were those who were ranked.",
        ),
        "goal": Question(
            "Help in time for people in danger",
            ("Three quarters below eight minutes", "The same service in every region"),
            "Eight minutes stood for “in time”. A patient reached after nine is not helped by a "
            "corrected figure.",
        ),
        "found": Question(
            "By an odd shape in the recorded times",
            ("By the services that had missed the target", "By the public ranking"),
            "Services that missed the target were honest about it. Those that corrected ranked "
            "well. The spike gave them away: journeys do not know about targets.",
        ),
        "caught": Question(
            "Times taken by the vehicles themselves",
            ("A target of six minutes in place of eight", "A new ranking every month"),
            "A sharper target or a quicker ranking presses harder on the same pen. A clock that "
            "nobody writes up takes the pen away.",
        ),
    },
    "bevan2006",
    "https://doi.org/10.1111/j.1467-9299.2006.00600.x",
    "Bevan and Hood, What’s Measured Is What Matters",
)

ACCOUNTS = Incident(
    "eight-products",
    "Eight products",
    "2016",
    "A bank held that a customer who is well served takes more of its products, and set its aim at "
    "eight for each household. Staff had sales targets, and pay hung on them. Employees began to "
    "open accounts and order cards in customers’ names without asking; sometimes money was moved "
    "into such an account for a while, so that it counted. By the count of the bank’s own "
    "consultants it may have been two million. Sales figures were splendid. A city took the bank "
    "to court in 2015, and a year later the regulators fined it.",
    {
        "proxy": Question(
            "Products sold for each customer",
            ("Money that customers saved", "Complaints for each branch"),
            "Product count was thought to be the trace that good service leaves. Whatever leaves "
            "the same trace is paid the same.",
        ),
        "goal": Question(
            "Customers who are well served",
            ("Eight products in each household", "Staff who reach their targets"),
            "Eight products were to be a consequence. Made a target, they came without the "
            "service.",
        ),
        "found": Question(
            "From outside, by a lawsuit and regulators",
            ("By sales figures that fell", "By a closer report on the sales of each branch"),
            "Inside, the figures were a success, and a report on sales is the same figure again. "
            "Those who were harmed were outside.",
        ),
        "caught": Question(
            "Asking customers whether they ordered it",
            ("Ranking branches by products sold", "A higher bonus for each product"),
            "An account that nobody ordered passes every count of accounts. It fails one question "
            "to one customer.",
        ),
    },
    "cfpb2016",
    "https://files.consumerfinance.gov/f/documents/092016_cfpb_WFBconsentorder.pdf",
    "Consumer Financial Protection Bureau, Consent Order 2016-CFPB-0015",
)

COSTS = Incident(
    "cost-for-need",
    "Cost for need",
    "2019",
    "Hospitals in the United States let software choose patients for a programme of extra care. It "
    "was to find those in greatest need. What it had learned to forecast was what a patient’s care "
    "would cost. Less is spent on Black patients than on White patients who are just as ill. "
    "Researchers compared patients with the same score: the Black patients among them were "
    "considerably sicker. Put right, 46.5 % of those chosen for extra help would have been Black; "
    "with the software it was 17.7 %.",
    {
        "proxy": Question(
            "What a patient’s care will cost",
            ("How ill a patient is now", "Whom a doctor would choose"),
            "Bills are complete, tidy and at hand, and sick people cost more. That makes cost a "
            "good proxy, except for those on whom less is spent.",
        ),
        "goal": Question(
            "Extra care where the need is greatest",
            ("A good forecast of next year’s bills", "Lower spending in the years to come"),
            "The forecast of bills was good. It answered a question next door to the one that "
            "mattered.",
        ),
        "found": Question(
            "By comparing illness at the same score",
            ("By forecasts of cost that were wrong", "By patients who compared their scores"),
            "No forecast was wrong in a way that showed. A second measure, illness, had to be laid "
            "beside the score.",
        ),
        "caught": Question(
            "Health beside the score, group by group",
            ("A check that the costs are forecast correctly", "Leaving race out of the data"),
            "Costs were forecast well; that was the trouble. Leaving race out changes nothing, "
            "because cost carries the difference with it.",
        ),
    },
    "obermeyer2019",
    "https://doi.org/10.1126/science.aax2342",
    "Obermeyer and others, Dissecting Racial Bias in an Algorithm Used to Manage the Health of "
    "Populations",
)
