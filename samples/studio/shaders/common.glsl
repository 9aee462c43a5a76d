// Shared by every program that shades. Colours are linear; encode() makes them fit for a screen.
layout(std140) uniform Scene {
    mat4 clip;       // world to the picture
    mat4 light;      // world to the sun's shadow map
    vec4 eye;        // lens, metres
    vec4 sun;        // direction towards the key light
    vec4 key;        // its colour
    vec4 sky;        // ambient light from above
    vec4 ground;     // ambient light from below; w: exposure
};

vec3 shade(vec3 albedo, vec3 normal, float lit, float wrap, float occlusion) {
    float facing = max(0.0, (dot(normal, sun.xyz) + wrap) / (1.0 + wrap));
    float fill = max(0.0, dot(normal, normalize(vec3(-sun.x, 0.4, sun.z * 0.3))));
    vec3 ambient = mix(ground.rgb, sky.rgb, normal.y * 0.5 + 0.5) * occlusion;
    return albedo * (key.rgb * (facing * lit) + ambient * (1.0 + 0.45 * fill));
}

vec3 encode(vec3 colour) {
    colour *= ground.w;
    return sqrt(colour / (1.0 + 0.25 * colour));  // soft shoulder, gamma 2
}
