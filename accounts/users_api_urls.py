"""Addresses below users/ that concern anybody's account."""

from rest_framework.routers import SimpleRouter

from accounts.api.users import UserViewSet

router = SimpleRouter()
router.register("", UserViewSet, basename="user")

urlpatterns = router.urls
