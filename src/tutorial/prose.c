/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/prose.h"

#include <stdlib.h>
#include <string.h>

#include "tutorial/lines.h"
#include "tutorial/prose_parts.h"

/* Longer lines are hard to read, however wide the window is. */
#define WIDTH_MOST  96
#define WIDTH_LEAST 16
#define TEXT_LEAST  8

#define CODE_INDENT 4
#define TAB         8

bool prose_is(const struct part *part)
{
	return part->kind == PART_HEADING || part->kind == PART_PARAGRAPH ||
	       part->kind == PART_CODE || part->kind == PART_ROW || part->kind == PART_RULE;
}

size_t prose_width(const struct out *out)
{
	size_t width = (size_t)out->width;

	if (width > WIDTH_MOST)
		return WIDTH_MOST;
	return width < WIDTH_LEAST ? WIDTH_LEAST : width;
}

static enum out_style style_of(const struct span *span, enum out_style base)
{
	if (span->style & SPAN_CODE)
		return OUT_CODE;
	if (span->style & SPAN_STRONG)
		return OUT_HEAD;
	if (span->style & (SPAN_EM | SPAN_LINK))
		return OUT_EM;
	return base;
}

/* What stands around a span where there are no colours. */
static const char *mark_of(const struct prose *prose, unsigned style)
{
	if (prose->out->color)
		return "";
	if (style & SPAN_CODE)
		return "`";
	if (style & SPAN_STRONG)
		return "*";
	return style & SPAN_EM ? "_" : "";
}

/* Whether a link ends with this span of PART. */
static bool ends_link(const struct part *part, size_t index)
{
	const struct span *span = &part->spans[index], *next = span + 1;

	return span->href && (index + 1 == part->span_count || !next->href ||
			      strcmp(next->href, span->href) != 0);
}

void prose_spans(struct prose *prose, const struct part *part, size_t *index, enum out_style base,
		 struct styled *out)
{
	for (; *index < part->span_count; ++*index) {
		const struct span *span = &part->spans[*index];
		enum out_style style = style_of(span, base);

		if (span->style & SPAN_CELL)
			break;
		if (span->style & SPAN_BREAK) {
			styled_str(out, base, "\n");
			continue;
		}
		styled_str(out, style, mark_of(prose, span->style));
		styled_str(out, style, span->text);
		styled_str(out, style, mark_of(prose, span->style));
		if (ends_link(part, *index)) {
			struct buf number = {0};

			buf_printf(&number, "[%d]", ++prose->links);
			styled_add(out, OUT_DIM, buf_text(&number), number.len);
			buf_free(&number);
		}
	}
}

int prose_footnotes(struct prose *prose, const struct part *part, int first)
{
	size_t i;

	for (i = 0; i < part->span_count; i++) {
		const char *href = part->spans[i].href;
		int number;

		if (!ends_link(part, i))
			continue;
		number = page_number(href, strcspn(href, "#"));
		out_style(prose->out, OUT_DIM);
		out_printf(prose->out, "  [%d] ", first++);
		if (number >= 0)
			out_printf(prose->out, "tutorial %d", number);
		else
			out_text(prose->out, href);
		out_newline(prose->out);
	}
	return first;
}

void prose_wrapped(struct prose *prose, const struct styled *styled, size_t indent)
{
	size_t width = prose_width(prose->out), i;
	struct styled_rows rows;

	width = width > indent + TEXT_LEAST ? width - indent : TEXT_LEAST;
	if (styled_wrap(styled, prose->out, width, &rows) < 0) {
		prose->out->buf.failed = true;
		return;
	}
	for (i = 0; i < rows.count; i++) {
		if (indent && prose->out->column < indent)
			out_pad(prose->out, indent);
		styled_put(styled, prose->out, &rows.list[i]);
		out_newline(prose->out);
	}
	styled_rows_free(&rows);
}

static void put_heading(struct prose *prose, const struct part *part)
{
	struct styled text = {0};
	size_t i = 0, width;

	prose_spans(prose, part, &i, OUT_HEAD, &text);
	width = styled_width(&text, prose->out);
	prose_wrapped(prose, &text, 0);
	styled_free(&text);
	if (prose->out->color || part->level > 2)
		return;
	if (width > prose_width(prose->out))
		width = prose_width(prose->out);
	while (width--)
		out_text(prose->out, part->level == 1 ? "=" : "-");
	out_newline(prose->out);
}

/* What stands before a paragraph; returns the column where its text begins. */
static size_t put_marker(struct prose *prose, const struct part *part)
{
	struct out *out = prose->out;
	size_t indent = part->level > 0 ? (size_t)(part->level - 1) * 3 : 0;

	if (part->quote) {
		out_style(out, OUT_DIM);
		out_glyph(out, OUT_LANE);
		out_style(out, OUT_PLAIN);
		return 2;
	}
	if (!part->level)
		return 0;
	if (part->item) {
		if (indent)
			out_pad(out, indent);
		out_style(out, OUT_DIM);
		if (part->choice)
			out_printf(out, "%d.", ++prose->choice);
		else if (part->number)
			out_printf(out, "%d.", part->number);
		else
			out_glyph(out, OUT_BULLET);
		out_style(out, OUT_PLAIN);
	}
	return indent + 3 > out->column ? indent + 3 : out->column + 1;
}

static void put_paragraph(struct prose *prose, const struct part *part)
{
	struct styled text = {0};
	int first = prose->links + 1;
	size_t i = 0, indent;

	if (!part->choice)
		prose->choice = 0;
	prose_spans(prose, part, &i, OUT_PLAIN, &text);
	indent = put_marker(prose, part);
	prose_wrapped(prose, &text, indent);
	if (prose->out->column)
		out_newline(prose->out);
	styled_free(&text);
	prose_footnotes(prose, part, first);
}

/* Tabs are blanks here. */
static void put_code_line(struct out *out, const struct match_line *line)
{
	size_t i, from = 0;

	for (i = 0; i <= line->len; i++) {
		if (i < line->len && line->text[i] != '\t')
			continue;
		out_bytes(out, line->text + from, i - from);
		from = i + 1;
		if (i < line->len)
			out_pad(out, CODE_INDENT + (out->column - CODE_INDENT + TAB) / TAB * TAB);
	}
}

static void put_code(struct prose *prose, const struct part *part)
{
	size_t i;

	for (i = 0; i < part->lines.count; i++) {
		out_pad(prose->out, CODE_INDENT);
		out_style(prose->out, OUT_CODE);
		put_code_line(prose->out, &part->lines.list[i]);
		out_newline(prose->out);
	}
}

static void put_rule(struct prose *prose)
{
	size_t i, width = prose_width(prose->out);

	out_style(prose->out, OUT_DIM);
	for (i = 0; i < width; i++)
		out_glyph(prose->out, OUT_RULE);
	out_newline(prose->out);
}

static void put_gap(struct prose *prose, const struct part *part)
{
	bool item = part->kind == PART_PARAGRAPH && part->item;

	if (prose->begun && !(item && prose->item))
		out_newline(prose->out);
	prose->begun = true;
	prose->item = item;
}

size_t prose_put(struct prose *prose, const struct page *page, size_t index)
{
	const struct part *part = &page->parts[index];

	put_gap(prose, part);
	switch (part->kind) {
	case PART_HEADING:
		put_heading(prose, part);
		break;
	case PART_PARAGRAPH:
		put_paragraph(prose, part);
		break;
	case PART_CODE:
		put_code(prose, part);
		break;
	case PART_ROW:
		return prose_table(prose, page, index);
	default:
		put_rule(prose);
		break;
	}
	return index + 1;
}

size_t prose_rows(const struct prose *prose, const struct page *page, size_t index)
{
	struct buf copy = {0};
	struct out out = *prose->out;
	struct prose probe = *prose;
	size_t rows;

	out.buf = (struct buf){0};
	out.column = out.line = 0;
	out.begun = false;
	out.write = out_nowhere;
	out.copy = &copy;
	probe.out = &out;
	prose_put(&probe, page, index);
	out_flush(&out);
	rows = lines_ended(&copy);
	out_free(&out);
	buf_free(&copy);
	return rows;
}
