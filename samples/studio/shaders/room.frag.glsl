// Drawn once a clip, so it may take its time.
in vec3 world;
in vec3 outward;
flat in vec4 colour;
uniform vec4 mat_colour;      // w: 1 if there is one
uniform vec2 mat_half;        // metres
uniform int wall_kind;
uniform int floor_kind;
uniform int blocks;
uniform vec4 footprint[24];   // x, z of the middle and half sizes of what stands on the floor
out vec4 picture;

float random(vec2 p) { return fract(sin(dot(p, vec2(127.1, 311.7))) * 43758.5453); }
float noise(vec2 p) {
    vec2 i = floor(p), f = fract(p);
    f = f * f * (3.0 - 2.0 * f);
    return mix(mix(random(i), random(i + vec2(1, 0)), f.x),
               mix(random(i + vec2(0, 1)), random(i + vec2(1, 1)), f.x), f.y);
}
float cloud(vec2 p) {
    return 0.5 * noise(p) + 0.25 * noise(p * 2.1) + 0.125 * noise(p * 4.3) + 0.125 * noise(p * 9.1);
}

vec3 floor_colour(vec2 p) {
    vec2 d = abs(p) - mat_half;
    float edge = max(d.x, d.y);
    if (mat_colour.w > 0.5 && edge < 0.0) {
        vec3 c = mat_colour.rgb * (0.9 + 0.15 * random(floor(p * 300.0)));
        if (edge > -0.02) c *= 0.8;
        if (abs(fract(p.x * 12.0) - 0.5) < 0.02) c *= 0.93;
        return c;
    }
    if (floor_kind == 1) {
        vec2 q = p / 0.33, g = fract(q);
        vec3 c = colour.rgb * (0.9 + 0.15 * random(floor(q)) + 0.1 * cloud(p * 9.0));
        return min(g.x, g.y) < 0.02 ? c * 0.65 : c;
    }
    if (floor_kind == 2) return colour.rgb * (0.75 + 0.3 * cloud(p * 60.0) + 0.2 * noise(p * 3.0));
    float row = floor(p.x / 0.14);
    vec2 q = vec2(p.x / 0.14, p.y / 1.2 + random(vec2(row, 3.0)));
    float plank = random(floor(q));
    vec3 c = colour.rgb * (0.7 + 0.3 * plank + 0.25 * cloud(vec2(p.x * 40.0, p.y * 3.0) + plank * 40.0));
    vec2 g = fract(q);
    return g.x < 0.015 || g.y < 0.003 ? c * 0.55 : c;
}

vec3 wall_colour(vec2 p) {
    if (p.y < 0.09) return vec3(0.72);
    vec3 c = colour.rgb * (0.95 + 0.07 * cloud(p * 5.0));
    if (p.y < 0.1) c *= 0.6;
    if (wall_kind == 1 && fract(p.x * 4.0) < 0.5) c *= 0.86;
    if (wall_kind == 2) {
        vec2 q = p / vec2(0.24, 0.08);
        q.x += 0.5 * mod(floor(q.y), 2.0);
        vec2 g = fract(q);
        c *= g.x < 0.05 || g.y < 0.12 ? 1.15 : 0.75 + 0.35 * random(floor(q));
    }
    return c;
}

void main() {
    vec3 n = normalize(outward);
    vec3 c = colour.rgb;
    float open = 1.0;
    int kind = int(colour.w + 0.5);
    if (kind == 0) {
        c = floor_colour(world.xz);
        for (int i = 0; i < blocks; i++) {
            vec2 d = max(abs(world.xz - footprint[i].xy) - footprint[i].zw, 0.0);
            open *= 1.0 - 0.65 * exp(-length(d) * 9.0);
        }
    } else if (kind == 1) {
        c = wall_colour(vec2(abs(n.z) > 0.5 ? world.x : world.z, world.y));
        open = 1.0 - 0.35 * exp(-world.y * 4.0);
    } else {
        c *= 0.9 + 0.15 * cloud(world.xy * 12.0 + world.z * 7.0);
        open = 0.6 + 0.4 * smoothstep(0.0, 0.4, world.y);
    }
    float wrap = kind == 0 ? 0.0 : 0.7;  // light is thrown back and forth between walls
    picture = vec4(encode(shade(c, n, open, wrap, open)), 1.0);
}
