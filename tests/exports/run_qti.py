"""Answer the items of a QTI package in pyslet, an independent implementation of QTI 2.1.

python run_qti.py FOLDER CASES prints what SCORE and FEEDBACK became for each case, as JSON. It runs
in a process of its own, since the library is of 2017 and warns about itself.
"""

import json
import sys
from pathlib import Path

from pyslet.qtiv2.variables import ItemSessionState
from pyslet.qtiv2.xml import QTIDocument


def main(folder, cases):
    """Run the cases: the item's id and its response as QTI writes it."""
    answers = []
    for name, response in json.loads(Path(cases).read_text(encoding="utf-8")):
        document = QTIDocument(baseURI=(Path(folder) / "items" / f"{name}.xml").as_uri())
        document.read()
        session = ItemSessionState(document.root)
        session.begin_session()
        session["RESPONSE"].set_value(response)
        session.end_attempt()
        said = session["FEEDBACK"].value or {}
        answers.append([session["SCORE"].value, sorted(map(str, said))])
    sys.stdout.write(json.dumps(answers))


main(*sys.argv[1:])
