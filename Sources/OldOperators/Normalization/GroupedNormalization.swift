import Graph
import Tensors

/// An operator that normalises groups of channels of each sample by their own mean and variance:
/// `Y = scale (X - mean) / sqrt(variance + epsilon) + B`.
///
/// X is `N x C x ..`; mean and variance are over all elements of a group. scale and B have `C` elements, or one for each group.
public protocol GroupedNormalization: Operator {
  /// How many groups the channels are cut into.
  static func groups(_ invocation: Invocation) throws -> Int

  /// How many elements scale and B have.
  static func parameterCount(_ invocation: Invocation) throws -> Int
}

extension GroupedNormalization {
  /// Scale and B.
  public static var parameterInputs: ParameterInputs { .at(1..<3) }

  /// The input's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let type = try invocation.floatInput(0)
    guard type.shape.rank >= 3 else { throw invocation.error("has no channels in an input of shape \(type.shape)") }
    let groups = try groups(invocation)
    guard groups > 0 || type.shape[1] == 0, groups == 0 || type.shape[1] % groups == 0 else {
      throw invocation.error("cannot cut \(type.shape[1]) channels into \(groups) groups")
    }
    let count = try parameterCount(invocation)
    for position in 1...2 {
      let shape = try invocation.floatInput(position).shape
      guard shape == [count] else {
        throw invocation.error(
          "input \"\(invocation.node.inputs[position])\" of shape \(shape) is not \(count) numbers")
      }
    }
    return [type]
  }

  /// Plain loops, two passes for mean and variance.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let layout = NormalizationGroups(
      invocation.outputs[0].shape, groups: try groups(invocation), parameters: try parameterCount(invocation))
    let epsilon = try invocation.float("epsilon", default: 1e-5)
    return FunctionKernel { operands in
      let (x, y) = (operands.inputs[0]!.floats.baseAddress!, operands.outputs[0].floats.baseAddress!)
      let (scale, bias) = (operands.inputs[1]!.floats, operands.inputs[2]!.floats)
      layout.forEach { range in
        let (mean, factor) = layout.statistics(x, range, epsilon)
        for i in range {
          let parameter = layout.parameter(i)
          y[i] = scale[parameter] * (x[i] - mean) * factor + bias[parameter]
        }
      }
    }
  }

  /// By ``GroupedNormalizationDataGradient`` and ``GroupedNormalizationScaleGradient``; `dB` is a sum of `dY`.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    let (shape, count) = (call.outputs[0].shape, try parameterCount(call))
    let dY = gradients.outputGradient
    var attributes = call.node.attributes.filter { $0.key == "epsilon" }
    attributes["groups"] = .int(Int64(try groups(call)))
    if gradients.wants(0) {
      gradients.set(
        gradients.add(
          GroupedNormalizationDataGradient.name, [dY, gradients.input(0), gradients.input(1)], attributes), forInput: 0)
    }
    if gradients.wants(1) {
      attributes["count"] = .int(Int64(count))
      gradients.set(
        gradients.add(GroupedNormalizationScaleGradient.name, [dY, gradients.input(0)], attributes), forInput: 1)
    }
    if gradients.wants(2) {
      let rows: Shape = [shape[0], count, shape.elementCount / max(1, shape[0] * count)]
      let sum = gradients.sum(gradients.reshape(dY, to: rows), from: rows, to: [1, count, 1])
      gradients.set(gradients.reshape(sum, to: [count]), forInput: 2)
    }
  }
}

/// `dX = r / m (m g - sum g - x' sum g x')` for each group of `m` elements, with `g = dY scale`, `r = 1 / sqrt(variance + epsilon)`
/// and `x'` the normalised input; from `dY`, `X` and scale.
public enum GroupedNormalizationDataGradient: Operator {
  /// `espalier::GroupedNormalizationDataGradient`.
  public static let name: OperatorName = .own("GroupedNormalizationDataGradient")

  /// The type of `X`.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] { [try invocation.floatInput(1)] }

  /// Plain loops.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let layout = NormalizationGroups(
      invocation.outputs[0].shape, groups: try invocation.int("groups", default: 1),
      parameters: try invocation.input(2).shape.elementCount)
    let epsilon = try invocation.float("epsilon", default: 1e-5)
    return FunctionKernel { operands in
      let inputs = operands.inputs.map { $0!.floats.baseAddress! }
      let (dY, x, scale) = (inputs[0], inputs[1], inputs[2])
      let dX = operands.outputs[0].floats.baseAddress!
      layout.forEach { range in
        let (mean, factor) = layout.statistics(x, range, epsilon)
        var (sum, product): (Float, Float) = (0, 0)
        for i in range {
          let gradient = dY[i] * scale[layout.parameter(i)]
          sum += gradient
          product += gradient * (x[i] - mean) * factor
        }
        let count = Float(range.count)
        for i in range {
          let gradient = dY[i] * scale[layout.parameter(i)]
          dX[i] = factor * (gradient - (sum + (x[i] - mean) * factor * product) / count)
        }
      }
    }
  }
}

/// `dscale = sum of dY x'` over what each element of the scale multiplies, with `x'` the normalised input; from `dY` and `X`.
public enum GroupedNormalizationScaleGradient: Operator {
  /// `espalier::GroupedNormalizationScaleGradient`.
  public static let name: OperatorName = .own("GroupedNormalizationScaleGradient")

  /// As many numbers as the attribute `count` says.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    guard let shape = Shape(checking: [try invocation.int("count", default: 0)]) else {
      throw invocation.error("attribute \"count\" is negative")
    }
    return [TensorType(shape)]
  }

  /// Plain loops.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let layout = NormalizationGroups(
      try invocation.input(1).shape, groups: try invocation.int("groups", default: 1),
      parameters: invocation.outputs[0].shape.elementCount)
    let epsilon = try invocation.float("epsilon", default: 1e-5)
    return FunctionKernel { operands in
      let (dY, x) = (operands.inputs[0]!.floats.baseAddress!, operands.inputs[1]!.floats.baseAddress!)
      let sums = operands.outputs[0].floats
      sums.update(repeating: 0)
      layout.forEach { range in
        let (mean, factor) = layout.statistics(x, range, epsilon)
        for i in range { sums[layout.parameter(i)] += dY[i] * (x[i] - mean) * factor }
      }
    }
  }
}

/// The elements of a tensor `N x C x ..` that are normalised together, and which element of scale and bias each has.
struct NormalizationGroups: Sendable {
  private let count: Int
  private let size: Int
  private let parameters: Int
  private let run: Int

  /// Groups of a tensor of `shape`, and `parameters` scales and biases.
  init(_ shape: Shape, groups: Int, parameters: Int) {
    count = shape[0] * groups
    size = shape.elementCount / max(1, count)
    self.parameters = max(1, parameters)
    run = max(1, shape.elementCount / max(1, shape[0] * parameters))
  }

  /// Calls `body` with the places of each group's elements.
  func forEach(_ body: (Range<Int>) -> Void) {
    for group in 0..<count { body(group * size..<(group + 1) * size) }
  }

  /// The place in scale and bias of the element at `place`.
  func parameter(_ place: Int) -> Int { place / run % parameters }

  /// The mean of a group, and 1 over the root of its variance and `epsilon`.
  func statistics(_ x: UnsafePointer<Float>, _ range: Range<Int>, _ epsilon: Float) -> (mean: Float, factor: Float) {
    let count = Float(max(1, range.count))
    var (sum, squares): (Float, Float) = (0, 0)
    for i in range { sum += x[i] }
    let mean = sum / count
    for i in range { squares += (x[i] - mean) * (x[i] - mean) }
    return (mean, 1 / (squares / count + epsilon).squareRoot())
  }
}
