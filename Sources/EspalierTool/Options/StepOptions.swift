import ArgumentParser
import EspalierProximalPoint
import EspalierRegression

/// The steps of `fit` on the command line: a method and its parameters, or those of the default solver.
struct StepOptions: ParsableArguments {
  @Option(help: "sgd, sgdm, nesterov, sppa or sppam (default: sppam).") var method: FitOptions.MethodName?
  @Option(help: "Examples in a step.") var batch = 10
  @Option(help: "How a proximal step is made of a batch: averaged or joint.") var batchMode = Batch.Form.averaged
  @Option(help: "How SPPAM's momentum is held back: none, or contraction (for joint batches and large steps).")
  var damping = MomentumDamping.none
  @Option(help: "Take constant steps of this size (default with constant steps: 1).") var step: Double?
  @Option(help: "Without constant steps, the step size to begin with; any from 1e-3 to 1e3 will do.")
  var initialStep: Double?
  @Option(
    parsing: .unconditional,
    help: "Take constant steps with this momentum, between -1 and 1 (default with constant steps: 0.9).")
  var momentum: Double?
  @Option(help: "Passes over the data; without constant steps, at most (default with constant steps: 10).")
  var epochs: Int?
  @Option(help: "In which order examples are visited: cyclic, shuffled, or drawn with replacement.")
  var order = OrderArgument.cyclic

  /// A joint batch needs a matrix of its size squared: 200 MB for this one.
  private static let largestJointBatch = 5000

  func validate() throws {
    guard batch > 0, epochs ?? 1 > 0 else { throw ValidationError("--batch and --epochs take positive numbers") }
    if let step, !(step > 0 && step.isFinite) { throw ValidationError("--step takes a positive number") }
    if let initialStep {
      guard initialStep > 0, initialStep.isFinite else {
        throw ValidationError("--initial-step takes a positive number")
      }
      guard !isExplicit else {
        throw ValidationError("--initial-step is not for constant steps, whose size is --step: leave it out")
      }
    }
    if let momentum { try check(momentum) }
    guard isExplicit else { return }
    if batchMode == .joint {
      guard isProximal else {
        throw ValidationError(
          "--batch-mode joint is not for --method \(name.rawValue), whose step is the average of gradients: take sppa "
            + "or sppam")
      }
      guard batch <= Self.largestJointBatch else {
        throw ValidationError(
          "--batch-mode joint solves a system of --batch equations in each step: at most \(Self.largestJointBatch)")
      }
    }
    guard damping == .none || name == .sppam else {
      throw ValidationError("--damping is not for --method \(name.rawValue): it holds back the momentum of sppam")
    }
  }

  private func check(_ momentum: Double) throws {
    guard abs(momentum) < 1 else {
      throw ValidationError("--momentum takes a number between -1 and 1: from there on, no step is short enough")
    }
    let named: FitOptions.MethodName? = name == .sgd ? .sgdm : name == .sppa ? .sppam : nil
    if let named, momentum != 0 {
      throw ValidationError(
        "--momentum is not for --method \(name.rawValue), which has none: take \(named.rawValue), or leave it out")
    }
  }

  private var name: FitOptions.MethodName { method ?? .sppam }

  private var isProximal: Bool { name == .sppa || name == .sppam }

  /// Whether constant steps are requested: by any of their options, or by a method other than the default, which has no
  /// other mode.
  var isExplicit: Bool { step != nil || momentum != nil || (method != nil && method != .sppam) }

  /// The options that do nothing without constant steps, if any was given.
  var idle: [String] {
    guard !isExplicit else { return [] }
    return [
      batch == 10 ? nil : "--batch", batchMode == .averaged ? nil : "--batch-mode",
      damping == .none ? nil : "--damping", order == .cyclic ? nil : "--order",
    ].compactMap { $0 }
  }

  /// The constant steps; `nil` for the default solver.
  var constant: FitOptions.ConstantSteps? {
    guard isExplicit else { return nil }
    let batch = batchMode == .joint ? Batch.joint(self.batch) : .averaged(self.batch)
    return .init(method: name, step: step ?? 1, momentum: momentum ?? 0.9, batch: batch, damping: damping)
  }
}

extension FitOptions.MethodName: ExpressibleByArgument {}
extension Batch.Form: ExpressibleByArgument {}
extension MomentumDamping: ExpressibleByArgument {}
