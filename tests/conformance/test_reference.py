"""The suite is passed by the reference that it compares with."""

from neurospatial.testing import BackendTests, ReferenceBackend


class TestReference(BackendTests):
    backend = ReferenceBackend()
    unusual_size = {"width": 163, "height": 99}  # noqa: RUF012

    def frame(self, result, i):
        return result[i]
