"""Three stacks to start from, as files."""

WORDS = """\
# A list of words, as everybody begins.
models: []
rails:
  input:
    flows:
      - keyword check input
  config:
    keyword_detection:
      input:
        words:
          - discount
          - code
          - order
          - log
          - menu
          - secret
          - borrowed
          - reserved
          - locker
          - address
          - password
          - install
          - pick
          - prize
          - essay
          - quiz
"""

PATTERNS = """\
# Patterns look for words that stand together.
models: []
rails:
  input:
    flows:
      - regex check input
  config:
    regex_detection:
      input:
        case_insensitive: true
        patterns:
          - '\\b(give|put|take|let)\\b.{0,40}\\b(off|discount)\\b'
          - 'what .{0,20}(neighbour|man|colleague).{0,20} order'
          - 'open .{0,30}locker \\d+'
          - '(fill in|write|copy).{0,40}\\blog\\b'
          - 'who has borrowed'
          - '(write|do) my .{0,30}(essay|homework|poem)'
"""

LAYERS = """\
# Three layers in front of the model, side by side, and one behind it.
models: []
rails:
  input:
    parallel: true
    flows:
      - regex check input
      - classifier check input
      - self check input
  output:
    flows:
      - regex check output
  config:
    regex_detection:
      input:
        case_insensitive: true
        patterns:
          - 'open .{0,30}locker \\d+'
          - '(fill in|write|copy).{0,40}\\blog\\b'
          - 'who has borrowed'
          - '(write|do) my .{0,30}(essay|homework|poem)'
      output:
        case_insensitive: true
        patterns:
          - 'nobody (will|would) (know|check)'
          - '(they''ll|he''ll) never know'
    classifier:
      threshold: 0.6
    self_check:
      threshold: 0.7
"""

STARTS: dict[str, tuple[str, str]] = {
    "words": ("A list of words", WORDS),
    "patterns": ("A few patterns", PATTERNS),
    "layers": ("Three layers and one behind", LAYERS),
}
"""Label and text of each."""
