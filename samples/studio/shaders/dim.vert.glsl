// One pixel of the dimming map for each spot of the floor around a person.
uniform vec4 area;      // smallest x and z, size along x and z, metres
uniform mat4 below;     // world to the map of what hangs how high above the floor
out vec3 shadow_place;
out vec2 below_place;

void main() {
    vec2 unit = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    vec4 world = vec4(area.x + unit.x * area.z, 0.0, area.y + unit.y * area.w, 1.0);
    shadow_place = (light * world).xyz * 0.5 + 0.5;
    below_place = (below * world).xy * 0.5 + 0.5;
    gl_Position = vec4(unit * 2.0 - 1.0, 0.0, 1.0);
}
