// How much of the floor's brightness a person takes away: cast shadow, and darkness near contacts.
in vec3 shadow_place;
in vec2 below_place;
uniform sampler2DShadow shadow;
uniform sampler2D height;   // 0: touches the floor, 1: the map's full height above it
uniform vec2 strength;      // what goes without the key light, without the ambient light
uniform vec3 spread;        // softness of the shadow and of the contacts, in parts of their maps; full height, m
out float dim;

float sunless(float x, float y) { return 1.0 - texture(shadow, shadow_place + vec3(x, y, 0.0) * spread.x); }
float covered(float x, float y) {
    return exp(texture(height, below_place + vec2(x, y) * spread.y).r * spread.z * -11.0);
}

void main() {
    float dark = 0.2 * (sunless(0.0, 0.0) + sunless(1.0, 0.3) + sunless(-0.3, 1.0)
        + sunless(-1.0, -0.3) + sunless(0.3, -1.0));
    float near = 0.2 * (covered(0.0, 0.0) + covered(1.0, 0.3) + covered(-0.3, 1.0)
        + covered(-1.0, -0.3) + covered(0.3, -1.0));
    dim = 1.0 - (1.0 - strength.x * dark) * (1.0 - strength.y * near);
}
