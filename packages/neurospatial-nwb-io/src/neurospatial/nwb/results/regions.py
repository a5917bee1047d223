"""Named places of the environments kept in a file."""

from neurospatial.nwb.file.tree import Container
from neurospatial.nwb.results.environment import find_environment_tables, load_environment
from neurospatial.regions import Regions
from neurospatial.validate.user_warning import warn_user


def find_regions(root: Container, units: str) -> Regions:
    """Find the regions of the environments in a file; of two of one name, the first.

    Parameters
    ----------
    root : Container
        The NWBFile.
    units : str
        Of the positions; regions in another unit are left out.

    Warns
    -----
    UserWarning
        If regions are left out, or an environment cannot be read.
    """
    found = Regions()
    for table in find_environment_tables(root):
        try:
            env = load_environment(table.thing)
        except ValueError as error:
            what = str(error).splitlines()[0]
            warn_user(f"The regions of {table.path} are left out: {what}")
            continue
        if env.regions and (env.units or "") != units:
            warn_user(
                f"The regions of {table.path} are in {env.units or 'an unknown unit'}, and the "
                f"positions in {units or 'an unknown unit'}: they are left out."
            )
            continue
        for region in env.regions.values():
            if region.name not in found:
                found.add(
                    region.name,
                    point=region.point,
                    polygon=region.polygon,
                    metadata=region.metadata,
                )
    return found
