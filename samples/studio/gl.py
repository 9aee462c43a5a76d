"""The graphics library: one context for the process, and the programs everybody draws with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from formcheck.errors import SetupError

if TYPE_CHECKING:
    import moderngl

_SHADERS = Path(__file__).parent / "shaders"
SCENE, BONES = 0, 1  # binding points of the two uniform blocks
MATERIALS = ("SKIN", "FACE", "EYE", "HAIR", "CLOTH")


class Releasable(Protocol):
    """Something with memory on the graphics card."""

    def release(self) -> None:
        """Give it back."""


@dataclass(frozen=True)
class Graphics:
    """The context and its programs. Belongs to the thread that asked for it first.

    Attributes:
        context: The off-screen OpenGL context.
        materials: A program per material of a person: software drawing runs every branch of a shader,
            so none has any.
        depth: Draws a person's depth alone.
        dim: Computes how much a person darkens the floor around.
        floor: Darkens it.
        room: Draws the room.
    """

    context: moderngl.Context
    materials: dict[str, moderngl.Program]
    depth: moderngl.Program
    dim: moderngl.Program
    floor: moderngl.Program
    room: moderngl.Program


@cache
def graphics() -> Graphics:
    """The process's graphics, made at the first call.

    Raises:
        SetupError: No moderngl, or no OpenGL 3.3 without a screen (EGL) on this machine.
    """
    try:
        import moderngl
    except ImportError as problem:
        raise SetupError(
            "the studio draws with moderngl, which is missing", hint="pip install moderngl"
        ) from problem
    try:
        settings: dict[str, Any] = {"backend": "egl"}  # moderngl's own type of it is wrong
        context = moderngl.create_context(standalone=True, require=330, **settings)
    except Exception as problem:
        raise SetupError(
            f"the studio found no OpenGL without a screen: {problem}",
            hint="on Debian or Ubuntu: apt install libegl1 libegl-mesa0 libgl1-mesa-dri",
        ) from problem
    return Graphics(
        context,
        {
            material: _program(
                context, ("common", "skin", "person.vert"), ("common", "person.frag"), material
            )
            for material in MATERIALS
        },
        _program(context, ("skin", "depth.vert"), ("depth.frag",)),
        _program(context, ("common", "dim.vert"), ("dim.frag",)),
        _program(context, ("common", "floor.vert"), ("floor.frag",)),
        _program(context, ("common", "room.vert"), ("common", "room.frag")),
    )


def _program(
    context: moderngl.Context, vertex: tuple[str, ...], fragment: tuple[str, ...], material: str = ""
) -> moderngl.Program:
    head = "#version 330\n" + (f"#define {material}\n" if material else "")

    def source(names: tuple[str, ...]) -> str:
        return head + "".join((_SHADERS / f"{name}.glsl").read_text() for name in names)

    import moderngl

    program = context.program(vertex_shader=source(vertex), fragment_shader=source(fragment))
    for name, binding in (("Scene", SCENE), ("Bones", BONES)):
        block = program.get(name, None)
        if isinstance(block, moderngl.UniformBlock):
            block.binding = binding
    return program
