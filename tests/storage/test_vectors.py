"""Both ways to reach Chroma keep the same promises: one contract, a folder and a real server."""

import asyncio
import contextlib
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import Unavailable
from storage.vectors import FolderVectors, Matrix, ServerVectors, Vectors, vectors_at

EAST, NORTH, BETWEEN = ([1.0, 0.0], [0.0, 1.0], [0.6, 0.8])


def matrix(*rows: list[float]) -> Matrix:
    return np.array(rows, np.float32)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


async def ready(vectors: Vectors) -> None:
    async with asyncio.timeout(240):
        while True:
            with contextlib.suppress(Unavailable):
                await vectors.count("warm")
                return


@pytest.fixture(params=["folder", "server"])
async def vectors(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Vectors]:
    if request.param == "folder":
        folder = vectors_at(tmp_path)
        yield folder
        await folder.close()
        return
    port = free_port()
    chroma = Path(sys.executable).parent / "chroma"
    where = ("--path", str(tmp_path), "--host", "127.0.0.1", "--port", str(port))
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(chroma, "run", *where, stdout=quiet, stderr=quiet)
    server = vectors_at(tmp_path, f"http://127.0.0.1:{port}")
    try:
        await ready(server)
        yield server
    finally:
        await server.close()
        process.terminate()
        await process.wait()


async def test_chroma_keeps_its_promises(vectors: Vectors) -> None:
    """One test, since a server takes seconds to start."""
    assert await vectors.count("one") == 0
    assert await vectors.nearest("one", matrix(EAST), 3) == {}
    await vectors.upsert("one", ["e", "n"], matrix(EAST, EAST))
    await vectors.upsert("one", ["n", "b"], matrix(NORTH, BETWEEN))  # the second time counts
    near = await vectors.nearest("one", matrix(EAST), 10)
    assert list(near) == ["e", "b", "n"]
    assert list(near.values()) == pytest.approx([1.0, 0.6, 0.0], abs=1e-5)
    assert await vectors.cosines("one", matrix(EAST)[0], ["b", "absent"]) == {"b": pytest.approx(0.6)}
    assert await vectors.cosines("one", matrix(EAST)[0], []) == {}
    assert await vectors.count("two") == 0
    await vectors.delete("one", ["e", "absent"])
    await vectors.delete("one", [])
    assert await vectors.count("one") == 2
    await vectors.drop("one")
    assert await vectors.count("one") == 0
    await vectors.upsert("one", [str(n) for n in range(250)], np.tile(matrix(EAST), (250, 1)))
    assert await vectors.count("one") == 250
    with pytest.raises(Unavailable):
        await vectors.nearest("one", matrix([1.0, 0.0, 0.0]), 1)


async def test_a_folder_is_there_again_after_a_restart(tmp_path: Path) -> None:
    for expected in (0, 1):
        vectors = FolderVectors(tmp_path)
        assert await vectors.count("one") == expected
        await vectors.upsert("one", ["e"], matrix(EAST))
        await vectors.close()


async def test_a_folder_that_is_none_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Unavailable):
        await FolderVectors(tmp_path / "file").count("one")


async def test_a_damaged_folder_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_text("garbage" * 1000)
    with pytest.raises(Unavailable):
        await FolderVectors(tmp_path).count("one")


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    server = ServerVectors(f"http://127.0.0.1:{free_port()}")
    with pytest.raises(Unavailable):
        await server.count("one")
    await server.close()
