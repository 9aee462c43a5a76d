in vec2 unit;
uniform sampler2D dimming;
out vec4 picture;
void main() { picture = vec4(0.0, 0.0, 0.0, texture(dimming, unit).r); }
