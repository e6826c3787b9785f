import Foundation
import Graph
import Operators
import OrderedCollections
import Tensors
import TestSupport
import Testing

/// Normalisations against their formulas, in double precision.
@Suite struct NormalizationTests {
  @Test(arguments: Backends.all)
  func batchNormalizationFollowsItsFormula(backend: any Backend) throws {
    var generator = SeededGenerator(seed: 1)
    for shape: Shape in [[2, 3], [2, 3, 4], [2, 3, 2, 5]] {
      let x = Tensor.random(shape, &generator)
      let (scale, bias, mean) = (
        Tensor.random([3], &generator), Tensor.random([3], &generator), Tensor.random([3], &generator)
      )
      let variance = Tensor(shape: [3], [0.5, 1, 4] as [Float])
      let parameters = [scale, bias, mean, variance].map(Naive.init)
      let source = Naive(x)
      let expected = Tensor(shape) { position in
        let values = parameters.map { Double($0[[position[1]]]) }
        return Float(values[0] * (Double(source[position]) - values[2]) / (values[3] + 0.01).squareRoot() + values[1])
      }
      let actual = try run(
        BatchNormalization.name, [x, scale, bias, mean, variance], ["epsilon": .float(0.01)], on: backend)
      #expect(actual.distance(from: expected) < 1e-6)
    }
  }

  /// Groups of channels normalised; scale and bias are of `parameters` elements.
  private func normalized(_ x: Tensor, _ scale: Tensor, _ bias: Tensor, groups: Int, epsilon: Double) -> Tensor {
    let (source, scales, biases) = (Naive(x), Naive(scale), Naive(bias))
    let channels = x.shape[1]
    func group(_ position: [Int]) -> Int { position[1] * groups / channels }
    return Tensor(x.shape) { position in
      let others = x.shape.positions.filter { $0[0] == position[0] && group($0) == group(position) }
      let values = others.map { Double(source[$0]) }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      let parameter = [position[1] * scale.count / channels]
      return Float(
        Double(scales[parameter]) * (Double(source[position]) - mean) / (variance + epsilon).squareRoot()
          + Double(biases[parameter]))
    }
  }

  @Test(arguments: Backends.all)
  func groupsAreNormalisedBySample(backend: any Backend) throws {
    var generator = SeededGenerator(seed: 2)
    let x = Tensor.random([2, 4, 3, 2], &generator)
    for (op, opset, groups, parameters) in [
      (InstanceNormalization.name, 17, 4, 4), (GroupNormalization.name, 18, 2, 2), (GroupNormalization.name, 21, 2, 4),
      (GroupNormalization.name, 21, 1, 4),
    ] {
      let (scale, bias) = (Tensor.random([parameters], &generator), Tensor.random([parameters], &generator))
      var attributes: OrderedDictionary<String, Attribute> = ["epsilon": .float(0.25)]
      if op == GroupNormalization.name { attributes["num_groups"] = .int(Int64(groups)) }
      let actual = try run(op, [x, scale, bias], attributes, opset: opset, on: backend)
      let expected = normalized(x, scale, bias, groups: groups, epsilon: 0.25)
      #expect(actual.distance(from: expected) < 1e-5, "\(op) \(opset) \(groups)")
    }
  }

  @Test(arguments: Backends.all, [1, 2, 3, 4, 9])
  func responsesAreOfNeighbouringChannels(backend: any Backend, size: Int) throws {
    var generator = SeededGenerator(seed: 3)
    let x = Tensor.random([2, 5, 3], &generator)
    let source = Naive(x)
    let expected = Tensor(x.shape) { position in
      let first = position[1] - Int(floor(Double(size - 1) / 2))
      let last = position[1] + Int(ceil(Double(size - 1) / 2))
      let squares = (max(0, first)...min(4, last)).map { Double(source[[position[0], $0, position[2]]]) }.map {
        $0 * $0
      }
      let sum = 2 + 0.5 / Double(size) * squares.reduce(0, +)
      return Float(Double(source[position]) / pow(sum, 0.75))
    }
    let actual = try run(
      LRN.name, [x], ["size": .int(Int64(size)), "alpha": .float(0.5), "bias": .float(2)], on: backend)
    #expect(actual.distance(from: expected) < 1e-6)
  }
}
