import pytest

from neurospatial.backends.options import make_options


@pytest.fixture
def backend(poster):
    return poster.backend


def test_common_ones_are_passed_on_where_they_are_taken(backend):
    options = make_options(backend, {"dpi": 300, "progress": False, "elsewhere": 3}, {})
    assert (options.dpi, options.progress, options.paper_size) == (300, False, "A0")


def test_own_ones_are_taken(backend):
    assert make_options(backend, {}, {"paper_size": "A1"}).paper_size == "A1"


def test_options_check_themselves(backend):
    with pytest.raises(ValueError, match="no such paper"):
        make_options(backend, {}, {"paper_size": "A9"})


def test_unknown_keyword_names_the_nearest(backend):
    with pytest.raises(
        TypeError,
        match=r"poster backend has no option 'papersize'\. Did you mean 'paper_size'\?.*"
        r"Its options: dpi, paper_size, progress, save_path\.",
    ):
        make_options(backend, {}, {"papersize": "A0"})


def test_unknown_keyword_names_the_nearest_of_a_scene(backend):
    with pytest.raises(
        TypeError, match=r"no option 'frame_label'\. Did you mean 'frame_labels'\?"
    ):
        make_options(backend, {}, {"frame_label": ["a"]})


@pytest.mark.usefixtures("wall")
def test_unknown_keyword_names_the_backend_that_takes_it(backend):
    with pytest.raises(TypeError, match=r"'brightness' is an option of: wall\."):
        make_options(backend, {}, {"brightness": 2})


def test_keyword_that_nobody_takes_is_only_unknown(backend):
    with pytest.raises(TypeError, match="no option 'xyzzy'") as raised:
        make_options(backend, {}, {"xyzzy": 2})
    assert "is an option of" not in str(raised.value)


@pytest.mark.usefixtures("wall")
def test_broken_backend_does_not_hide_the_mistake(backend, install):
    install("broken", "raise RuntimeError('no such screen')")
    with (
        pytest.warns(UserWarning, match="'broken' cannot be loaded"),
        pytest.raises(TypeError, match="'brightness' is an option of: wall"),
    ):
        make_options(backend, {}, {"brightness": 2})
