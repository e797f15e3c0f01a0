"""Where the pictures lie."""

import assets.pictures
from assets.pictures.place import folder


def test_the_pictures_lie_in_the_package_out_of_the_sources_way() -> None:
    assert folder().parent.name == "pictures"
    assert folder().is_absolute()
    assert assets.pictures.folder() == folder()
