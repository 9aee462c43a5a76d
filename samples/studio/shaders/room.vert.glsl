in vec3 place;
in vec3 normal;
in vec4 paint;  // colour, kind
uniform float sunk;  // how much lower the floor lies, metres
out vec3 world;
out vec3 outward;
flat out vec4 colour;

void main() {
    world = place;
    outward = normal;
    colour = paint;
    float floor_only = paint.w < 0.5 ? 1.0 : 0.0;
    gl_Position = clip * vec4(place.x, place.y - floor_only * sunk, place.z, 1.0);
}
