/// A running method, with the types of its rows and regulariser erased: the interface of a kernel to loops over steps.
struct Stepper {
  /// The number of steps taken.
  let steps: () -> Int
  /// The iterate, all coordinates settled.
  let iterate: () -> Iterate
  /// Returns the average of the iterates since the last call and begins a new one; `nil` without averaging.
  let takeAverage: () -> [Double]?
  /// The sum of the weighted losses of these examples at the present iterate.
  let totalLoss: (_ batch: UnsafeBufferPointer<Int>) -> Double
  /// Prefetches two examples, one needed soon and one later; `nil` if the call does not pay off.
  let prepare: ((_ soon: Int, _ later: Int) -> Void)?
  /// One step of size `step` on these examples; false if a number is not finite.
  let advance: (_ batch: UnsafeBufferPointer<Int>, _ step: Double) -> Bool
}

extension Stepper {
  /// The steps of a method on linear predictors, specialised for the rows and regularisers of this module.
  ///
  /// The compiler does not specialise generic code called from other modules, nor methods of a generic class behind a
  /// protocol; these switches name the types, and closures capture them.
  init<Rows: FeatureRows>(
    _ method: any StochasticMethod, _ loss: any Loss, _ examples: Examples<Rows>, _ regularizer: any Regularizer,
    at iterate: Iterate, averaging: Bool = false
  ) {
    switch examples {
    case let dense as Examples<DenseRows>:
      self.init(rows: dense, method, loss, regularizer, iterate, averaging)
    case let sparse as Examples<SparseRows>:
      self.init(rows: sparse, method, loss, regularizer, iterate, averaging)
    default:
      self.init(rows: examples, method, loss, regularizer, iterate, averaging)
    }
  }

  private init<Rows: FeatureRows>(
    rows: Examples<Rows>, _ method: any StochasticMethod, _ loss: any Loss, _ regularizer: any Regularizer,
    _ iterate: Iterate,
    _ averaging: Bool
  ) {
    switch regularizer {
    case let none as NoRegularizer:
      self = Self.linear(rows, method, loss, none, iterate, averaging)
    case let l2 as L2:
      self = Self.linear(rows, method, loss, l2, iterate, averaging)
    case let l1 as L1:
      self.init(StepKernel(method, loss, rows, l1, at: iterate, averaging: averaging))
    case let net as ElasticNet:
      self.init(StepKernel(method, loss, rows, net, at: iterate, averaging: averaging))
    case let box as Box:
      self.init(StepKernel(method, loss, rows, box, at: iterate, averaging: averaging))
    default:
      self = Self.open(rows, method, loss, regularizer, iterate, averaging)
    }
  }

  /// The steps with a regulariser as part of them; sparse rows use the kernel for single examples where it applies.
  @inline(__always)
  private static func linear<Rows: FeatureRows, R: Regularizer>(
    _ rows: Examples<Rows>, _ method: any StochasticMethod, _ loss: any Loss, _ regularizer: R, _ iterate: Iterate,
    _ averaging: Bool
  ) -> Stepper {
    if !averaging, let sparse = rows as? Examples<SparseRows>,
      let kernel = SparseStepKernel(method, loss, sparse, regularizer, at: iterate)
    {
      return Stepper(kernel)
    }
    return Stepper(StepKernel(method, loss, rows, regularizer, at: iterate, averaging: averaging))
  }

  private init<R: Regularizer>(_ kernel: SparseStepKernel<R>) {
    steps = { kernel.steps }
    iterate = { kernel.iterate }
    takeAverage = { nil }
    totalLoss = { kernel.totalLoss(of: $0) }
    prepare = { kernel.prepare(soon: $0, later: $1) }
    advance = { kernel.advance(on: $0[0], step: $1) }
  }

  private static func open<Rows: FeatureRows, R: Regularizer>(
    _ rows: Examples<Rows>, _ method: any StochasticMethod, _ loss: any Loss, _ regularizer: R, _ iterate: Iterate,
    _ averaging: Bool
  ) -> Stepper {
    Stepper(StepKernel(method, loss, rows, regularizer, at: iterate, averaging: averaging))
  }

  private init<Rows: FeatureRows, R: Regularizer>(_ kernel: StepKernel<Rows, R>) {
    steps = { kernel.steps }
    iterate = { kernel.iterate }
    takeAverage = { kernel.takeAverage() }
    totalLoss = { kernel.totalLoss(of: $0) }
    prepare = nil
    advance = { kernel.advance(on: $0, step: $1) }
  }
}
