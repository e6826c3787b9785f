/// A method under way, whatever its rows and regulariser: what loops over steps need of a kernel.
protocol Stepping: AnyObject {
  /// How many steps were taken.
  var steps: Int { get }
  /// The iterate, all coordinates settled.
  var iterate: Iterate { get }
  /// The average of the iterates since the last call, and begins a new one; `nil` if none was made.
  func takeAverage() -> [Double]?
  /// One step of size `step` on these examples; false if it left the finite numbers.
  func advance(on batch: UnsafeBufferPointer<Int>, step: Double) -> Bool
}

/// A method under way that can say what it would lose on examples before it learns from them.
protocol PredictiveStepping: Stepping {
  /// The sum of the weighted losses of these examples at the iterate as it is.
  func totalLoss(of batch: UnsafeBufferPointer<Int>) -> Double
}

/// The kernel for a kind of rows and a regulariser, compiled for them where they are the library's own.
///
/// Generic code that other modules call is not compiled for their types; this switch names the types here.
func makeKernel<Rows: FeatureRows, R: Regularizer>(
  _ method: any Method, _ loss: any Loss, _ examples: Examples<Rows>, _ regularizer: R, at iterate: Iterate,
  averaging: Bool = false
) -> any PredictiveStepping {
  func make<Concrete: FeatureRows>(_ examples: Examples<Concrete>) -> any PredictiveStepping {
    switch regularizer {
    case let none as NoRegularizer: StepKernel(method, loss, examples, none, at: iterate, averaging: averaging)
    case let l2 as L2: StepKernel(method, loss, examples, l2, at: iterate, averaging: averaging)
    case let l1 as L1: StepKernel(method, loss, examples, l1, at: iterate, averaging: averaging)
    case let net as ElasticNet: StepKernel(method, loss, examples, net, at: iterate, averaging: averaging)
    case let box as Box: StepKernel(method, loss, examples, box, at: iterate, averaging: averaging)
    default: StepKernel(method, loss, examples, regularizer, at: iterate, averaging: averaging)
    }
  }
  switch examples {
  case let dense as Examples<DenseRows>: return make(dense)
  case let sparse as Examples<SparseRows>: return make(sparse)
  default: return make(examples)
  }
}
