"""No overlay and no option is without a picture, and every picture notices its option."""

from importlib import import_module
from pathlib import Path

import pytest

from tests.overlays.pictures.options import WITHOUT_PICTURE, all_options, ignored, overlay_classes

HERE = Path(__file__).parent
MODULES = sorted(path.stem for path in HERE.glob("test_*.py") if path.stem != Path(__file__).stem)


def picture_tests():
    for stem in MODULES:
        for name, test in vars(import_module(f"tests.overlays.pictures.{stem}")).items():
            if name.startswith("test_"):
                for owner, option in getattr(test, "shown", ()):
                    yield pytest.param(owner, option, test, id=f"{owner}-{option}-{name}")


PICTURES = list(picture_tests())


def test_every_overlay_and_option_has_a_picture():
    shown = {(owner, option) for owner, option, _ in (case.values for case in PICTURES)}
    assert shown == all_options()


def test_what_has_no_picture_exists():
    names = {(name, field) for name, kind in overlay_classes().items()
             for field in kind.__dataclass_fields__}  # fmt: skip
    assert set(WITHOUT_PICTURE) <= names


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("owner", "option", "test"), PICTURES)
def test_a_picture_notices_that_an_option_is_ignored(owner, option, test, monkeypatch):
    with ignored(owner, option, monkeypatch), pytest.raises(AssertionError):
        test()
