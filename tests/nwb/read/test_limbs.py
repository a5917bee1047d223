from collections.abc import Sequence

import ndx_pose
import numpy as np
import pytest
from pynwb import NWBFile

from neurospatial.nwb import read_session

PARTS = ("nose", "body", "tail")


def add_pose(
    nwbfile: NWBFile, edges: object, nodes: Sequence[str] = PARTS, parts: Sequence[str] = PARTS
) -> NWBFile:
    skeleton = ndx_pose.Skeleton(name="skeleton", nodes=list(nodes), edges=np.array(edges))
    series = [
        ndx_pose.PoseEstimationSeries(
            name=part, data=np.zeros((9, 2)), unit="pixels", reference_frame="top left", rate=30.0
        )
        for part in parts
    ]
    pose = ndx_pose.PoseEstimation(name="Pose", pose_estimation_series=series, skeleton=skeleton)
    behavior = nwbfile.create_processing_module("behavior", "behaviour")
    behavior.add(ndx_pose.Skeletons(skeletons=[skeleton]))
    behavior.add(pose)
    return nwbfile


def read_edges(nwbfile: NWBFile) -> tuple[tuple[str, str], ...]:
    with read_session(nwbfile) as session:
        pose = session.pose
    assert pose is not None
    return pose.skeleton.edges


def test_edges_counted_from_1_are_shifted_and_said(nwbfile: NWBFile) -> None:
    add_pose(nwbfile, np.array([[1, 2], [2, 3]], dtype="uint8"))
    with pytest.warns(UserWarning, match="counts its nodes from 1: its edges run from 1 to 3, "):
        edges = read_edges(nwbfile)
    assert edges == (("nose", "body"), ("body", "tail"))


@pytest.mark.parametrize(
    ("edges", "problem"),
    [
        ([[0, 3]], "edges that run from 0 to 3, and its 3 nodes from 0 to 2"),
        ([[1, 7]], "edges that run from 1 to 7"),
        ([[-1, 1]], "edges that run from -1 to 1"),
        ([[1, 1]], "edges that join no two nodes"),
        ([[0, 1], [2, 2]], "edges that join no two nodes"),
    ],
)
def test_edges_that_lead_nowhere_leave_the_keypoints(
    nwbfile: NWBFile, edges: list[list[int]], problem: str
) -> None:
    add_pose(nwbfile, edges)
    with pytest.warns(UserWarning, match=problem):
        assert read_edges(nwbfile) == ()


def test_nodes_spelled_otherwise_are_matched(nwbfile: NWBFile) -> None:
    add_pose(nwbfile, [[0, 1]], ("Tail Base", "NOSE"), ("nose", "tail_base"))
    assert read_edges(nwbfile) == (("tail_base", "nose"),)


def test_nodes_of_other_names_are_said(nwbfile: NWBFile) -> None:
    add_pose(nwbfile, [[0, 1], [1, 2]], ("node0", "body", "tail"))
    with pytest.warns(UserWarning, match=r"no keypoints \(node0\), .* no nodes \(nose\)"):
        assert read_edges(nwbfile) == (("body", "tail"),)


@pytest.mark.parametrize("parts", [("nose", "tail"), (*PARTS, "ear")])
def test_fewer_or_more_keypoints_than_nodes_are_good(
    nwbfile: NWBFile, parts: tuple[str, ...]
) -> None:
    add_pose(nwbfile, [[0, 1], [1, 2]], PARTS, parts)
    assert len(read_edges(nwbfile)) == len(set(parts) & set(PARTS)) - 1
