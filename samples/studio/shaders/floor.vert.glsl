// The floor around a person, to be darkened.
uniform vec4 area;
out vec2 unit;

void main() {
    unit = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    gl_Position = clip * vec4(area.x + unit.x * area.z, 0.0, area.y + unit.y * area.w, 1.0);
}
