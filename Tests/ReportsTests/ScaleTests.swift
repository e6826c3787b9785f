import EspalierReports
import Foundation
import Testing

@Suite("Scales and ticks")
struct ScaleTests {
  @Test func positions() {
    let linear = Scale(.linear, domain: 10...20)
    #expect(linear.position(of: 10) == 0 && linear.position(of: 15) == 0.5 && linear.position(of: 20) == 1)
    let decades = Scale(.logarithmic, domain: 0.01...100)
    #expect(abs(decades.position(of: 1) - 0.5) < 1e-12)
    #expect(abs(decades.value(at: 0.75) - 10) < 1e-9)
  }

  @Test("a scale holds its values, and ignores those without a place")
  func holding() {
    let decades = Scale(.logarithmic, holding: [0, -1, .nan, .infinity, 1e-16, 1])
    #expect(decades.domain.contains(1e-16) && decades.domain.contains(1))
    #expect(decades.domain.lowerBound > 1e-18)
    #expect(Scale(.linear, holding: [0, 5]).domain.lowerBound == 0)
    #expect(Scale(.linear, holding: [-5, 0]).domain.upperBound == 0)
    #expect(Scale(.linear, holding: [0.8, 0.9]).domain.lowerBound > 0.7)
    #expect(Scale(.linear, holding: []).domain == 0...1)
    #expect(Scale(.linear, holding: [3, 3]).domain.contains(3))
  }

  @Test(
    "linear ticks are round",
    arguments: [
      (0.0...1.0, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]), (0...200, 4, [0, 50, 100, 150, 200]),
      (-1...1, 4, [-1, -0.5, 0, 0.5, 1]), (0.61...0.89, 6, [0.65, 0.7, 0.75, 0.8, 0.85]),
      (0.9e9...3.7e9, 3, [1e9, 2e9, 3e9]),
    ] as [(ClosedRange<Double>, Int, [Double])])
  func linear(domain: ClosedRange<Double>, count: Int, expected: [Double]) {
    #expect(Ticks.linear(in: domain, count: count).major == expected)
  }

  @Test("logarithmic ticks are powers, thinned or filled as it takes")
  func logarithmic() {
    #expect(Ticks.logarithmic(in: 1e-16...1, count: 6).major == [1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 1])
    #expect(Ticks.logarithmic(in: 1e-16...1, count: 6).minor.count == 11)
    #expect(Ticks.logarithmic(in: 0.01...100, count: 6).major == [0.01, 0.1, 1, 10, 100])
    #expect(Ticks.logarithmic(in: 0.01...100, count: 6).minor.contains(0.05))
    #expect(Ticks.logarithmic(in: 1...50, count: 6).major == [1, 2, 5, 10, 20, 50])
    #expect(Ticks.logarithmic(in: 101...109, count: 4).major == [102, 104, 106, 108])
  }

  @Test("never many more ticks than asked for, over every size of domain")
  func bounds() {
    for exponent in -12...12 {
      for width in [1.0, 1.7, 3, 4.9, 9.99] {
        let domain = 0...(width * pow(10, Double(exponent)))
        #expect((2...13).contains(Ticks.linear(in: domain, count: 6).major.count))
      }
    }
  }

  @Test func chosen() {
    let scale = Scale(.logarithmic, domain: 30...300)
    #expect(Ticks([16, 32, 64, 128, 256, 512], on: scale).major == [32, 64, 128, 256])
  }
}
