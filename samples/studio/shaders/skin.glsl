// Linear blend skinning of one vertex; the bones' matrices are three rows each.
layout(std140) uniform Bones { vec4 rows[192]; };
in vec3 place;
in vec3 normal;
in vec4 bones;
in vec4 weights;

vec4 blended(int row) {
    ivec4 first = ivec4(bones) * 3 + row;
    return weights.x * rows[first.x] + weights.y * rows[first.y]
         + weights.z * rows[first.z] + weights.w * rows[first.w];
}
