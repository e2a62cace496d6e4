"""What several tests share: the committed edition, the founding seeds, and a small seeds folder."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

import lunarprogrammes as lp
from founding import cut
from lunarprogrammes.build import build
from two_camps import two_camps

# How fast a machine is proves nothing about the code.
settings.register_profile("lunarprogrammes", deadline=None)
settings.load_profile("lunarprogrammes")

HERE = Path(__file__).parent
MINI_SEEDS = HERE / "mini_seeds"


@pytest.fixture(scope="session")
def moon():
    """The edition that is committed in this checkout."""
    return lp.load(HERE.parent / "datasets")


@pytest.fixture(scope="session")
def founding_edition(tmp_path_factory):
    """The edition built of the founding seeds, with the seeds beside it; not to be changed."""
    root = tmp_path_factory.mktemp("founding")
    build(cut(HERE.parent / "seeds", root / "seeds"), root / "datasets", root / "schemas")
    return root / "datasets"


@pytest.fixture(scope="session")
def founding_seeds(founding_edition):
    """The seeds of the founding documents (see `founding.py`); not to be changed."""
    return founding_edition.parent / "seeds"


@pytest.fixture(scope="session")
def founding(founding_edition):
    """The founding documents as a dataset: whatever is read in them is known for good."""
    return lp.load(founding_edition)


@pytest.fixture
def mini_seeds(tmp_path):
    """A copy of the small seeds folder: four sources on one relay satellite, to be damaged."""
    return Path(shutil.copytree(MINI_SEEDS, tmp_path / "seeds"))


@pytest.fixture(scope="session")
def mini_edition(tmp_path_factory):
    """The edition built of the small seeds folder; not to be changed."""
    root = tmp_path_factory.mktemp("mini")
    build(Path(shutil.copytree(MINI_SEEDS, root / "seeds")), root / "datasets", root / "schemas")
    return root / "datasets"


@pytest.fixture(scope="session")
def two_camps_edition(tmp_path_factory):
    """A small edition of two camps (see `two_camps.py`); not to be changed."""
    root = tmp_path_factory.mktemp("two-camps")
    two_camps(root)
    return root / "datasets"
