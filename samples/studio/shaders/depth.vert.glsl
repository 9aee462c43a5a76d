uniform mat4 onto;

void main() {
    vec4 point = vec4(place, 1.0);
    gl_Position = onto * vec4(dot(blended(0), point), dot(blended(1), point), dot(blended(2), point), 1.0);
}
