"""Related papers in a browser: the map, and refining a list."""


def test_a_point_of_the_map_shows_its_title_when_it_has_the_focus(page):
    page.goto("/paper/1706.03762")
    star = page.locator(".map a.star").first
    label = star.locator(".label")
    assert label.evaluate("e => getComputedStyle(e).opacity") == "0"

    star.focus()
    page.keyboard.press("Tab")
    shown = page.locator(".map a:focus-visible")
    assert shown.count() == 1
    assert shown.locator(".label").evaluate("e => getComputedStyle(e).opacity") == "1"
    title = shown.get_attribute("aria-label")
    page.keyboard.press("Enter")
    page.wait_for_url("**/paper/**")
    assert page.locator("h1").inner_text()[:12] == title.partition(". ")[2][:12]


def test_the_map_can_be_read_without_a_pointer(page):
    page.goto("/paper/1706.03762")
    numbers = page.locator(".map .rank").all_text_contents()
    assert numbers == page.locator(".relatives .rank").all_inner_texts()
    assert len(numbers) == 10


def test_a_list_is_refined_by_what_is_liked_and_not(page):
    page.goto("/related?like=1706.03762")
    page.get_by_role("link", name="More like this").first.click()
    page.wait_for_url("**/related?like=1706.03762*")
    assert page.locator(".about li").count() == 2
    page.get_by_role("link", name="Less like this").last.click()
    page.wait_for_url("**unlike=**")
    assert page.locator(".about li").count() == 3
    page.locator(".about .remove").first.click()
    assert page.locator(".about li").count() == 2


def test_a_keyword_is_searched_for_with_a_click(page):
    page.goto("/paper/1706.03762")
    chip = page.locator(".keywords a").first
    keyword = chip.inner_text()
    chip.click()
    page.wait_for_url("**/search?**")
    assert page.locator('input[name="q"]').first.input_value() == keyword
    assert "Attention Is All You Need" in page.locator("main").inner_text()
