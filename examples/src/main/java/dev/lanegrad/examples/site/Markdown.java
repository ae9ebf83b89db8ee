package dev.lanegrad.examples.site;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;

/** Makes pages of Markdown: tables as GitHub has them, headings that can be linked to. */
final class Markdown {
  private static final List<Extension> EXTENSIONS =
      List.of(
          TablesExtension.create(), AutolinkExtension.create(), HeadingAnchorExtension.create());

  private final Parser parser = Parser.builder().extensions(EXTENSIONS).build();
  private final JavadocLinks javadoc;

  /** With links to the Javadoc wherever code names a published type. */
  Markdown(JavadocLinks javadoc) {
    this.javadoc = javadoc;
  }

  Page page(String source, String text) {
    Node document = parser.parse(text);
    Page empty = new Page(source, titleOf(document, source), "");
    document.accept(new LinksToPages());
    HtmlRenderer renderer =
        HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .nodeRendererFactory(context -> new CodeRenderer(context, empty.toRoot()))
            .build();
    String body =
        renderer
            .render(document)
            .replace("<table>", "<div class=\"table\"><table>")
            .replace("</table>", "</table></div>");
    return new Page(source, empty.title(), body);
  }

  private static String titleOf(Node document, String source) {
    if (document.getFirstChild() instanceof Heading heading && heading.getLevel() == 1) {
      StringBuilder title = new StringBuilder();
      heading.accept(
          new AbstractVisitor() {
            @Override
            public void visit(Text text) {
              title.append(text.getLiteral());
            }
          });
      return title.toString();
    }
    throw new SiteException(source + ": does not begin with a title, as in \"# Layers\"");
  }

  /** Links to a Markdown file lead to the page that is made of it. */
  private static final class LinksToPages extends AbstractVisitor {
    @Override
    public void visit(Link link) {
      String[] parts = link.getDestination().split("#", 2);
      if (!parts[0].contains("://") && parts[0].endsWith(".md")) {
        String file =
            parts[0].endsWith("README.md")
                ? parts[0].replaceFirst("README\\.md$", "index.html")
                : parts[0].replaceFirst("\\.md$", ".html");
        link.setDestination(parts.length == 1 ? file : file + "#" + parts[1]);
      }
      visitChildren(link);
    }
  }

  /** Code: in lines with links to the Javadoc, in blocks with colours for Java. */
  private final class CodeRenderer implements NodeRenderer {
    private final HtmlWriter html;
    private final String toRoot;

    CodeRenderer(HtmlNodeRendererContext context, String toRoot) {
      this.html = context.getWriter();
      this.toRoot = toRoot;
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(Code.class, FencedCodeBlock.class);
    }

    @Override
    public void render(Node node) {
      if (node instanceof Code code) {
        renderLine(code);
      } else if (node instanceof FencedCodeBlock block) {
        renderBlock(block);
      }
    }

    private void renderLine(Code code) {
      String page = isInLink(code) ? null : javadoc.pageOf(code.getLiteral()).orElse(null);
      if (page != null) {
        html.tag("a", Map.of("href", toRoot + page));
      }
      html.tag("code");
      html.text(code.getLiteral());
      html.tag("/code");
      if (page != null) {
        html.tag("/a");
      }
    }

    private static boolean isInLink(Node node) {
      return node.getParent() instanceof Link;
    }

    private void renderBlock(FencedCodeBlock block) {
      String language = block.getInfo() == null ? "" : block.getInfo();
      html.line();
      html.tag("pre", Map.of("class", language.isEmpty() ? "text" : language));
      html.tag("code");
      if (language.equals("java")) {
        html.raw(JavaColours.of(block.getLiteral()));
      } else {
        html.text(block.getLiteral());
      }
      html.tag("/code");
      html.tag("/pre");
      html.line();
    }
  }
}
