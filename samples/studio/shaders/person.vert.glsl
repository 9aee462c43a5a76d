in vec4 detail;  // what the material wants: two texture coordinates, a tint, spare
out vec3 world;
out vec3 outward;
out vec3 rest;
out vec4 surface;
out vec3 shadow_place;

void main() {
    vec4 row0 = blended(0), row1 = blended(1), row2 = blended(2);
    vec4 point = vec4(place, 1.0);
    world = vec3(dot(row0, point), dot(row1, point), dot(row2, point));
    world.y = max(world.y, 0.0);  // cloth and flesh lie flat on the floor
    outward = vec3(dot(row0.xyz, normal), dot(row1.xyz, normal), dot(row2.xyz, normal));
    rest = place;
    surface = detail;
    // Off the surface: its own coarse map would spot it.
    shadow_place = (light * vec4(world + 0.02 * outward, 1.0)).xyz * 0.5 + 0.5;
    gl_Position = clip * vec4(world, 1.0);
}
