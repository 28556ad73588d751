"""Links, under the name of its CodeableModels module."""

from codeable.kernel import CLink, LinkKeywordsContext, add_links, delete_links, set_links
