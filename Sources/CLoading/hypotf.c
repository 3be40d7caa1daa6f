#include <math.h>

// Foundation refers to it. glibc 2.35 has a new version of it, and of nothing else that Larder needs:
// with this one, the binary also starts on RHEL 9 and its kin, which have 2.34.
float hypotf(float x, float y) {
  if (isinf(x) || isinf(y)) return INFINITY;
  return (float)sqrt((double)x * x + (double)y * y);
}
