import EspalierFiles
import Testing

/// Lists of names in messages.
struct ListedTests {
  @Test func manyNamesAreCounted() {
    #expect(["a", "b"].listed() == "a, b" && [String]().listed() == "")
    #expect((1...60).map { "g\($0)" }.listed(atMost: 3) == "g1, g2, g3, and 57 more")
    #expect(["a", "b", "c"].listed(atMost: 2, separator: "; ") == "a; b; and 1 more")
  }

  @Test func longNamesLoseTheirMiddle() {
    let long = String(repeating: "x", count: 5000)
    #expect(Array(repeating: long, count: 60).listed().count < 2000)
    #expect([long].listed(length: 10) == "xxxxx (...) xxxxx")
  }
}
