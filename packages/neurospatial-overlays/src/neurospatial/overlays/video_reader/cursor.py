"""One decoder at one place of a video."""

from collections.abc import Iterator
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING

from neurospatial.overlays.video_reader.damage import Damage
from neurospatial.overlays.video_reader.file import get_decoding_errors, open_video, read_packets
from neurospatial.overlays.video_reader.frame_cache import DecodedFrame, FrameCache
from neurospatial.overlays.video_reader.packets import NONE
from neurospatial.overlays.video_reader.video_index import VideoIndex

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_REORDER = 16
"""Frames that H.264 and HEVC may hold back to bring them into order, at most."""
_STEPS_BACK = 4
"""Keyframes tried, each earlier than the last, when a frame does not come out."""


class VideoCursor:
    """Decodes forward from wherever it stands, and seeks when that is shorter.

    Parameters
    ----------
    index : VideoIndex
    cache : FrameCache
        Receives every picture that passes.
    damage : Damage
        Receives every packet that cannot be decoded.
    """

    def __init__(self, index: VideoIndex, cache: FrameCache, damage: Damage) -> None:
        self._file: tuple[InputContainer, VideoStream] | None = None
        self.busy: Lock = Lock()
        self.owner: int = 0
        self._index, self._cache, self._damage = index, cache, damage
        self._packets: Iterator[tuple[int, Packet[VideoStream] | None]] = iter(())
        self._fed = self._begun = NONE
        self._shown = index.n_frames

    def count_packets_to(self, frame: int) -> int | None:
        """Count the packets to decode to reach a frame by going on; None if it is behind."""
        if frame <= self._shown or self._index.find_start_packet(frame) < self._begun:
            return None
        if self._damage.is_doubtful(frame, self._begun):
            return None
        return max(0, int(self._index.packets[frame]) - self._fed)

    def decode(self, frame: int, go_on: int) -> DecodedFrame:
        """Decode a frame, at most `go_on` packets ahead without a seek.

        Raises
        ------
        VideoFrameError
            If it is damaged.
        """
        ahead = self.count_packets_to(frame)
        start = int(self._index.starts[frame])
        if ahead is not None and ahead <= go_on:
            found = self._decode_forward(frame)
            if found is not None:
                return found
        for keyframe in self._index.keyframes[: start + 1][::-1][:_STEPS_BACK].tolist():
            if self._damage.is_doubtful(frame, keyframe):
                continue
            self._seek(keyframe)
            found = self._decode_forward(frame)
            if found is not None:
                return found
        raise self._damage.record_missing(frame)

    def close(self) -> None:
        """Close the file."""
        self._packets, self._shown = iter(()), self._index.n_frames
        if self._file is not None:
            self._file[0].close()
            self._file = None

    def __del__(self) -> None:
        # PyAV's containers refer to themselves: without this the file stays open for a while.
        self.close()

    def _decode_forward(self, frame: int) -> DecodedFrame | None:
        """Decode until a frame comes out; None if it was passed over."""
        for number, packet in self._packets:
            found = None
            for shown, picture in self._feed(number, packet):
                if self._damage.is_sound(shown, self._begun):
                    decoded = DecodedFrame(picture)
                    self._cache.put(shown, decoded)
                    found = decoded if shown == frame else found
                # After it is kept: others take a frame that was passed for one that is there.
                self._shown = max(self._shown, shown)
            if found is not None:
                return found
            self._damage.check(frame)
            if self._damage.is_doubtful(frame, self._begun):
                return None
            if self._shown > frame + _REORDER:
                return None
        self._shown = self._index.n_frames  # Drained: only a seek brings more.
        return None

    def _feed(
        self, number: int, packet: "Packet[VideoStream] | None"
    ) -> list[tuple[int, "VideoFrame"]]:
        """Decode a packet into frames that can be known from where this decoder began."""
        assert self._file is not None
        if packet is not None:
            self._fed = number
            packet.pts = number  # Comes out again with the picture, whatever the order.
        try:
            pictures = self._file[1].codec_context.decode(packet)
        except get_decoding_errors():
            if not self._is_leading(number):
                self._damage.add(number, self._begun)
            return []
        wanted = []
        for picture in pictures:
            source = picture.pts
            if source is None or self._is_leading(source):
                continue
            if picture.is_corrupt:
                self._damage.add(source, self._begun)
            frame = int(self._index.frames[source])
            if frame >= 0:
                wanted.append((frame, picture))
        return wanted

    def _is_leading(self, packet: int) -> bool:
        """Tell whether a packet needs others from before this decoder began."""
        frame = int(self._index.frames[packet])
        return frame >= 0 and self._index.find_start_packet(frame) < self._begun

    def _seek(self, start: int) -> None:
        """Stand before a keyframe: earlier if need be, and skip what lies between."""
        index = self._index
        if self._file is None:
            self._file = open_video(index.path)
        container, stream = self._file
        for target in self._iter_seek_times(start):
            try:
                container.seek(target, stream=stream)
            except get_decoding_errors():
                continue
            if self._begin(start):
                return
        self.close()
        self._file = open_video(index.path)
        self._begin(start)

    def _begin(self, start: int) -> bool:
        """Read up to a keyframe; False if the container already stands behind it."""
        assert self._file is not None
        self._begun, self._shown, self._fed = start, -1, start - 1
        packets = _iter_numbered(self._index, self._file, start)
        for number, packet in packets:
            if number > start:
                return False
            if number == start:
                self._packets = chain([(number, packet)], packets)
                return True
        return False

    def _iter_seek_times(self, start: int) -> Iterator[int]:
        """List times to seek to, each earlier than the last [ticks of the stream]."""
        packets, keyframes = self._index.all_packets, self._index.keyframes
        place = int((keyframes == start).argmax())
        for keyframe in keyframes[max(0, place - _STEPS_BACK + 1) : place + 1][::-1]:
            for times in (packets.pts, packets.dts):
                if times[keyframe] != NONE:
                    yield int(times[keyframe])


def _iter_numbered(
    index: VideoIndex, file: "tuple[InputContainer, VideoStream]", guess: int
) -> "Iterator[tuple[int, Packet[VideoStream] | None]]":
    """Read packets with their positions in the order of decoding, then None for the end."""
    number = guess - 1
    for packet in read_packets(*file):
        found = index.find(packet, number + 1)
        if found is not None:
            number = found
            yield number, packet
    yield number, None
