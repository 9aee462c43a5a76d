in vec3 world;
in vec3 outward;
in vec3 rest;
in vec4 surface;
in vec3 shadow_place;
uniform sampler2DShadow shadow;
uniform vec3 colour;
out vec4 picture;

float lit_by_sun() { return texture(shadow, shadow_place - vec3(0.0, 0.0, 0.003)); }
float near_floor() { return 0.55 + 0.45 * smoothstep(-0.02, 0.25, world.y); }

#if defined(SKIN)
void main() {
    vec3 c = shade(colour * surface.z, normalize(outward), lit_by_sun(), 0.2, near_floor());
    picture = vec4(encode(c), 1.0);
}
#elif defined(FACE)
// face: height and depth of the eyes, half their distance; hair: how dark the brows are
uniform vec3 face;
uniform vec3 hair;
uniform vec2 mouth;  // its left corner
void main() {
    float x = abs(rest.x);
    vec2 f = rest.yz - face.xy;
    vec3 c = colour * surface.z;
    float across = abs(x - face.z * 1.05) / 0.019;
    float brow = abs(f.x - 0.017 - 0.004 * (1.0 - across * across)) / 0.0035;
    float front = step(-0.05, f.y);
    c = mix(c, hair * 0.8, 0.85 * front * step(across, 1.0) * step(brow, 1.0));
    vec2 lip = vec2(x / mouth.x, (rest.y - mouth.y) / 0.009);
    c = mix(c, colour * vec3(0.80, 0.42, 0.40), 0.7 * front * smoothstep(1.0, 0.8, dot(lip, lip)));
    vec2 cheek = vec2(x - 0.035, f.x + 0.035) / 0.018;
    c = mix(c, colour * vec3(1.05, 0.72, 0.70), 0.25 * front * max(0.0, 1.0 - dot(cheek, cheek)));
    picture = vec4(encode(shade(c, normalize(outward), lit_by_sun(), 0.2, near_floor())), 1.0);
}
#elif defined(EYE)
uniform vec3 face;
void main() {
    float d = length(vec2(abs(rest.x) - face.z, rest.y - face.x));
    vec3 c = d < 0.0024 ? vec3(0.01) : d < 0.0055 ? colour : vec3(0.72, 0.69, 0.64);
    picture = vec4(encode(shade(c, normalize(outward), 0.8, 0.2, 1.0)), 1.0);
}
#elif defined(CLOTH)
uniform sampler2D folds;   // red, green: slope of the folds; blue: weave
uniform vec3 second;       // the stripes' colour
uniform vec2 pattern;      // folds' depth, stripes a metre (0: none)
void main() {
    vec3 fold = texture(folds, surface.xy).rgb;
    vec3 n = normalize(outward);
    n = gl_FrontFacing ? n : -n;
    vec2 slope = (fold.rg - 0.5) * pattern.x;
    n = normalize(n + vec3(slope, slope.x - slope.y));
    vec3 c = mix(colour, second, step(0.5, fract(rest.y * pattern.y)));
    c *= 0.85 + 0.3 * fold.b;
    picture = vec4(encode(shade(c, n, lit_by_sun(), 0.0, near_floor())), 1.0);
}
#elif defined(HAIR)
void main() {
    vec3 n = normalize(outward);
    n = gl_FrontFacing ? n : -n;
    vec3 h = normalize(sun.xyz + normalize(eye.xyz - world));
    float gloss = max(0.0, dot(n, h));
    gloss *= gloss;
    gloss *= gloss;
    gloss *= gloss;
    vec3 c = shade(colour * surface.z, n, lit_by_sun(), 0.0, 1.0) + key.rgb * 0.06 * gloss;
    picture = vec4(encode(c), 1.0);
}
#endif
