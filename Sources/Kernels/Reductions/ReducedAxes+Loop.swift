import EspalierExecution
import EspalierOperators

extension ReducedAxes {
  /// A loop over the input, with the offset in the result to which each element contributes.
  var loop: StridedLoop {
    StridedLoop(input.shape, strides: [Broadcasting.strides(of: kept, in: input.shape)])
  }
}
