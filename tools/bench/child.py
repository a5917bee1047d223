"""One case in one fresh process: ``python -m tools.bench.child MODULE CASE OPTIONS``.

Prints what the case returns as the last line, in JSON.
"""

import json
import sys
from importlib import import_module

if __name__ == "__main__":
    module, case, options = sys.argv[1:]
    result = getattr(import_module(f"tools.bench.{module}"), case)(**json.loads(options))
    print(json.dumps(result))
