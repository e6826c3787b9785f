import EspalierExecution
import EspalierOperators

extension ReducedAxes {
  /// A walk over the input that says where in the result each element goes.
  var loop: StridedLoop {
    StridedLoop(input.shape, strides: [Broadcasting.strides(of: kept, in: input.shape)])
  }
}
