in vec3 place;
in vec3 normal;
in vec4 paint;  // colour, kind
out vec3 world;
out vec3 outward;
flat out vec4 colour;

void main() {
    world = place;
    outward = normal;
    colour = paint;
    gl_Position = clip * vec4(place, 1.0);
}
