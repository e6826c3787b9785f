import EspalierGraph
import EspalierOperators
import EspalierTensors
import OrderedCollections
import Testing

/// Regions of maps, by hand: the numbers of a map of four rows are 0 to 3, 4 to 7, 8 to 11 and 12 to 15.
struct RegionTests {
  private let map = Tensor(shape: [1, 1, 4, 4], (0..<16).map { Float($0) })

  private func aligned(
    _ corners: [Float], _ attributes: OrderedDictionary<String, Attribute>, opset: Int = 16
  ) throws -> [Float] {
    var attributes = attributes
    for name in ["output_height", "output_width"] { attributes[name] = .int(2) }
    let inputs = [map, Tensor(shape: [1, 4], corners), Tensor(shape: [1], [Int64(0)])]
    return try run(RoiAlign.name, inputs, attributes, opset: opset).elements()
  }

  @Test func cellsAreMeansOfPointsBetweenElements() throws {
    let one: OrderedDictionary<String, Attribute> = ["sampling_ratio": .int(1)]
    #expect(try aligned([0, 0, 4, 2], one, opset: 10) == [3, 5, 7, 9])
    #expect(try aligned([0, 0, 4, 4], one) == [2.5, 4.5, 10.5, 12.5])
    var scaled = one
    scaled["spatial_scale"] = .float(0.5)
    #expect(try aligned([0, 0, 8, 4], scaled, opset: 10) == [3, 5, 7, 9])
    // Two rows of two points each, where each cell spans two elements.
    #expect(try aligned([0, 0, 4, 4], [:], opset: 10) == [5, 6.75, 12, 13.75])
    var maximum = one
    maximum["mode"] = .string("max")
    #expect(try aligned([0, 0, 4, 2], maximum, opset: 10) == [2.5, 3.5, 4.5, 5.5])
  }

  /// Regions follow from data, and may be anything.
  @Test(arguments: [
    [0, 0, 1e30, 1e30], [Float.nan, 0, 1, 1], [-Float.infinity, 0, Float.infinity, 9], [7, 7, -7, -7],
  ])
  func anyRegionHasAResult(corners: [Float]) throws {
    #expect(try aligned(corners, [:]).count == 4)
    #expect(try pooled([0] + corners).count == 4)
  }

  private func pooled(_ region: [Float]) throws -> [Float] {
    try run(MaxRoiPool.name, [map, Tensor(shape: [1, 5], region)], ["pooled_shape": .ints([2, 2])]).elements()
  }

  @Test func poolsTakeTheLargestOfEachCell() throws {
    #expect(try pooled([0, 0, 0, 3, 3]) == [5, 7, 13, 15])
    #expect(try pooled([0, 0, 0, 3, 1]) == [1, 3, 5, 7])
    #expect(try pooled([0, 9, 9, 12, 12]) == [0, 0, 0, 0])
  }
}
